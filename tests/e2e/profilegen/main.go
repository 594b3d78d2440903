// SPDX-License-Identifier: MIT

// Command profilegen writes profiles that use every field of profile.proto,
// always the same ones; or a single large one.
package main

import (
	"flag"
	"log"
	"os"
	"path/filepath"
)

func main() {
	dir := flag.String("dir", "", "write the corpus into this folder")
	large := flag.String("large", "", "write one large profile into this file")
	stacks := flag.Int("stacks", 100_000, "distinct stacks of the large profile")
	flag.Parse()
	if *dir != "" {
		for name, b := range corpus() {
			write(filepath.Join(*dir, name+".pb.gz"), compress(b.encode()))
		}
		writeForms(*dir)
	}
	if *large != "" {
		write(*large, compress(largeProfile(*stacks).encode()))
	}
}

// writeForms writes one profile in other forms than one gzip member.
func writeForms(dir string) {
	raw := described().encode()
	write(filepath.Join(dir, "form_plain.pb"), raw)
	write(filepath.Join(dir, "form_members.pb.gz"), compress(raw[:100], nil, raw[100:]))
	write(filepath.Join(dir, "form_header.pb.gz"), withFullHeader(raw, 0))
	write(filepath.Join(dir, "form_header_bad.pb.gz"), withFullHeader(raw, 1))
	for name, number := range map[string]int{"zero": 0, "new": 16, "far": 1 << 40} {
		var unknown message
		unknown.number(number, 7)
		unknown.bytesField(number, []byte("of another time"))
		write(filepath.Join(dir, "form_first_"+name+".pb"), append(unknown.Bytes(), raw...))
	}
}

// largeProfile has stacks as those of a large server, no two alike.
func largeProfile(stacks int) *builder {
	b := newBuilder(51, mem...)
	b.addMapping("/usr/bin/server", "0123456789abcdef")
	b.periodType, b.period = valueType{"space", "bytes"}, 524288
	b.grow(stacks, 30_000, 60, func(i int) []int64 {
		n := int64(1 + b.random.Intn(500))
		return []int64{n, n * 4096, n / 3, n / 3 * 4096}
	})
	return b
}

func write(path string, data []byte) {
	if err := os.WriteFile(path, data, 0o644); err != nil {
		log.Fatal(err)
	}
}
