// SPDX-License-Identifier: MIT

package main

import (
	"fmt"
	"math/rand"
)

// builder makes a profile frame by frame; what is asked for twice is one.
type builder struct {
	profile
	random     *rand.Rand
	functionOf map[string]uint64
	locationOf map[string]uint64
}

func newBuilder(seed int64, types ...valueType) *builder {
	return &builder{
		profile: profile{sampleTypes: types, timeNanos: 1_700_000_000e9},
		random:  rand.New(rand.NewSource(seed)), functionOf: map[string]uint64{},
		locationOf: map[string]uint64{},
	}
}

// addMapping maps a file of 1 MB and is its id.
func (b *builder) addMapping(file, buildID string) uint64 {
	id := uint64(len(b.mappings) + 1)
	start := id * 0x400000
	b.mappings = append(b.mappings, mapping{
		id: id, start: start, limit: start + 0x100000, file: file, buildID: buildID,
		functions: true, files: true, lines: true, inlinings: true,
	})
	return id
}

func (b *builder) function(name, file string) uint64 {
	key := name + "\x00" + file
	if id, known := b.functionOf[key]; known {
		return id
	}
	id := uint64(len(b.functions) + 1)
	b.functionOf[key] = id
	b.functions = append(b.functions, function{
		id: id, name: name, systemName: name, file: file, startLine: int64(id),
	})
	return id
}

// at is one place in the source; column 0: none.
type at struct {
	name, file string
	line       int64
	column     int64
}

// place is the location of the lines, innermost first, in a mapping (0: none).
func (b *builder) place(mapping uint64, lines ...at) uint64 {
	key := fmt.Sprint(mapping, lines)
	if id, known := b.locationOf[key]; known {
		return id
	}
	l := location{id: uint64(len(b.locations) + 1), mapping: mapping}
	l.address = mapping*0x400000 + l.id*16
	for _, one := range lines {
		l.lines = append(l.lines, line{b.function(one.name, one.file), one.line, one.column})
	}
	b.locationOf[key] = l.id
	b.locations = append(b.locations, l)
	return l.id
}

// call is the location of a line of package main in the first mapping.
func (b *builder) call(name string, lineNumber int64) uint64 {
	return b.place(1, at{"main." + name, "/src/app/" + name + ".go", lineNumber, 0})
}

// unknown is a location without symbols.
func (b *builder) unknown(mapping, address uint64) uint64 {
	id := uint64(len(b.locations) + 1)
	b.locations = append(b.locations, location{id: id, mapping: mapping, address: address})
	return id
}

func (b *builder) add(values []int64, labels []label, locations ...uint64) {
	b.samples = append(b.samples, sample{locations, values, labels})
}

func text(key, value string) label { return label{key: key, text: value} }

func number(key string, value int64, unit string) label {
	return label{key: key, number: value, unit: unit}
}

var (
	cpu = []valueType{{"samples", "count"}, {"cpu", "nanoseconds"}}
	mem = []valueType{{"alloc_objects", "count"}, {"alloc_space", "bytes"},
		{"inuse_objects", "count"}, {"inuse_space", "bytes"}}
	delays = []valueType{{"contentions", "count"}, {"delay", "nanoseconds"}}
)

// grow adds random stacks through a tree of calls: few hot, many cold ones.
func (b *builder) grow(samples, functions, depth int, value func(i int) []int64) {
	for i := 0; i < samples; i++ {
		var stack []uint64
		for level := 1 + b.random.Intn(depth); level > 0; level-- {
			n := b.random.Intn(1 + b.random.Intn(functions))
			leaf := at{fmt.Sprintf("pkg%d.(*Type%d).Method%d", n%7, n%13, n),
				fmt.Sprintf("/src/pkg%d/file%d.go", n%7, n%29), int64(10 + n%50 + level%3), 0}
			if n%5 == 0 {
				outer := at{fmt.Sprintf("pkg%d.outer%d", n%7, n%11),
					fmt.Sprintf("/src/pkg%d/outer.go", n%7), int64(n % 90), 0}
				stack = append(stack, b.place(1, leaf, outer))
			} else {
				stack = append(stack, b.place(1, leaf))
			}
		}
		b.add(value(i), nil, append(stack, b.call("main", 12))...)
	}
}
