// SPDX-License-Identifier: MIT

package main

import "fmt"

func names() *builder {
	b := newBuilder(31, cpu...)
	b.addMapping("/usr/bin/app with blanks", "id")
	all := []string{
		"main.Map[go.shape.int,go.shape.string]", "main.(*Server).ServeHTTP.func1.2",
		"std::vector<int, std::allocator<int> >::push_back(int&&)",
		"foo::(anonymous namespace)::Bar::operator()(int) const", "operator new(unsigned long)",
		"java.util.HashMap$Node.<init>", "github.com/a/b%2ec.F",
		"größe.Zähler", "name with blanks", "[kernel.kallsyms]_stext", "a\tb", "<unknown>",
		"type..eq.main.T", "main.a", "main.a.b", "a/b/c.d/e.f", "", "0x1234",
	}
	root := b.place(1, at{"main.main", "/src/main.go", 1, 0})
	for i, name := range all {
		n := int64(i + 1)
		b.add([]int64{n, n * 1e6}, nil, b.place(1, at{name, fmt.Sprintf("/src/f%d.go", i), n, 0}), root)
	}
	return b
}

// mangled has names as the linker knows them: of C++, by gperftools and perf.
func mangled() *builder {
	return symbols(42, []string{
		"_ZN3foo3barEv", "_ZN3foo3barEi", "_ZNSt6vectorIiSaIiEE9push_backERKi",
		"_ZNSt6vectorIlSaIlEE9push_backEOl", "_ZN3fooIiE3barIcEEvT_", "_ZplRK1AS1_", "_Znwm",
		"_ZNK1AcvSt6vectorIiSaIiEEEv", "_ZN1AcvT_IiEEv", "_ZN1AD2Ev", "_ZNSsC1EPKc",
		"_ZN3foo12_GLOBAL__N_13barEv", "_ZZN3foo3barEiENKUlvE_clEv",
		"_ZZ3barvENUlT_E0_clIiEEDaS_", "_ZN3fooUt_C1Ev", "_ZZ1fiEd_NKUlvE_clEv",
		"_ZN3FooD0Ev.part.0", "_ZL3fooi.isra.0.cold", "_ZThn16_N3foo3barEi",
		"_ZNSt8expectedIicED2Ev", "_Z1fITkSt8integraliEvT_", "_GLOBAL__I__ZN3foo3barEi",
		"___Z3foov_block_invoke_2", "__ZN3foo3barEv", "_Zfoo", "_start", "__libc_start_main",
		"je_malloc", "std::vector<int, std::allocator<int> >::push_back(int&&)",
	})
}

// mangledRust has those of Rust, by pprof-rs and jemalloc, of both schemes.
func mangledRust() *builder {
	return symbols(43, []string{
		"_ZN4core3fmt5write17h0123456789abcdefE", "_ZN4core3fmt5write17hfedcba9876543210E",
		"_ZN4core3fmt5write17h0123456789abcdefE.llvm.77",
		"_ZN5alloc7raw_vec19RawVec$LT$T$C$A$GT$8grow_one17h0123456789abcdefE",
		"_RNvCs1234_7mycrate3foo", "_RINvNtCs1234_7mycrate3mem4swapNtB4_4ItemE",
		"_RNvMs_NtCs1_5alloc3vecINtB4_3VechE4push", "_RNCNvCs1_7mycrate4main0",
		"_RNvXs_Cs1_1aDNtB4_5Shapep4ItemjEL_NtB4_1T1f", "_RNvCs1234_7mycrate3foo.llvm.9",
		"_RNvCs1_7mycrateu7gre_mva", "_R", "_ZN4core3fmt5write17h0000000000000000E",
	})
}

// symbols has a sample of each function, which is known by its symbol; every
// third one by a name besides, every fourth one by nothing else.
func symbols(seed int64, all []string) *builder {
	b := newBuilder(seed, cpu...)
	b.addMapping("/usr/bin/app", "id")
	root := b.call("main", 1)
	for i, symbol := range all {
		n := int64(i + 1)
		leaf := b.place(1, at{symbol, fmt.Sprintf("/src/f%d.cc", i), n, 0})
		switch f := &b.functions[len(b.functions)-1]; {
		case i%3 == 2:
			f.name = fmt.Sprintf("named::f%d<int>(char)", i)
		case i%4 == 3:
			f.name = ""
		}
		b.add([]int64{n, n * 1e6}, nil, leaf, root)
	}
	return b
}

func files() *builder {
	b := newBuilder(32, cpu...)
	b.addMapping("/usr/bin/app", "id")
	all := []string{"/src/a.go", "/src/b/a.go", "relative/x.go", "", "./y.go", "C:\\src\\z.c",
		"/root/go/pkg/mod/example.com/m@v1.2.3/m.go", "/usr/local/go/src/runtime/proc.go"}
	root := b.place(1, at{"main.main", "/src/main.go", 1, 0})
	for i, file := range all {
		n := int64(i + 1)
		b.add([]int64{n, n * 1e6}, nil, b.place(1, at{"main.same", file, n, 0}), root)
		b.add([]int64{n, n * 3e6}, nil, b.place(1, at{"main.same", file, 0, 0}), root)
		b.add([]int64{1, 1e6}, nil, b.place(1, at{fmt.Sprint("main.f", i), file, n, 0}), root)
	}
	return b
}

func recursive() *builder {
	b := newBuilder(33, cpu...)
	b.addMapping("/usr/bin/app", "id")
	f, f2, g, root := b.call("f", 1), b.call("f", 2), b.call("g", 3), b.call("main", 4)
	b.add([]int64{1, 10e6}, nil, f, f, f, root)
	b.add([]int64{2, 20e6}, nil, f, g, f2, g, root)
	b.add([]int64{3, 30e6}, nil, g, f, f2, root, root)
	b.add([]int64{4, 40e6}, nil, f2, f, root)
	return b
}

func contention() *builder {
	b := newBuilder(34, delays...)
	b.addMapping("/usr/bin/app", "id")
	b.periodType, b.period = valueType{"contentions", "count"}, 1
	b.grow(300, 60, 8, func(i int) []int64 {
		n := int64(b.random.Intn(40))
		return []int64{n, n * int64(b.random.Intn(5_000_000))}
	})
	return b
}

func many(seed int64, samples int) *builder {
	b := newBuilder(seed, cpu...)
	b.addMapping("/usr/bin/server", "0123456789abcdef")
	b.durationNanos = 30_002_345_678
	b.periodType, b.period = valueType{"cpu", "nanoseconds"}, 10_000_000
	b.grow(samples, 400, 20, func(int) []int64 {
		n := int64(1 + b.random.Intn(3))
		return []int64{n, n * 10_000_000}
	})
	return b
}

func memory(seed int64) *builder {
	b := newBuilder(seed, mem...)
	b.addMapping("/usr/bin/server", "0123456789abcdef")
	b.periodType, b.period = valueType{"space", "bytes"}, 524288
	b.grow(900, 200, 12, func(int) []int64 {
		n := int64(1 + b.random.Intn(500))
		size := int64(16 << b.random.Intn(14))
		kept := n / int64(1+b.random.Intn(9))
		return []int64{n, n * size, kept, kept * size}
	})
	for i := range b.samples {
		s := &b.samples[i]
		s.labels = []label{number("bytes", s.values[1]/s.values[0], "")}
	}
	return b
}

func deep() *builder {
	b := newBuilder(35, cpu...)
	b.addMapping("/usr/bin/app", "id")
	for i := 0; i < 20; i++ {
		var stack []uint64
		for level := 0; level < 600; level++ {
			stack = append(stack, b.call(fmt.Sprint("level", (level*(i%3+1))%97), int64(level%5)))
		}
		b.add([]int64{1, 10e6}, nil, stack...)
	}
	return b
}

// sparseIDs has ids that are neither small nor in order.
func sparseIDs() *builder {
	b := labels()
	renumber := func(id uint64) uint64 { return id*0x1_0000_0001 ^ 0x55 }
	b.mappings[0].id = renumber(1)
	for i := range b.functions {
		b.functions[i].id = renumber(b.functions[i].id)
	}
	for i := range b.locations {
		l := &b.locations[i]
		l.id, l.mapping = renumber(l.id), renumber(l.mapping)
		for j := range l.lines {
			l.lines[j].function = renumber(l.lines[j].function)
		}
	}
	for i := range b.samples {
		for j := range b.samples[i].locations {
			b.samples[i].locations[j] = renumber(b.samples[i].locations[j])
		}
	}
	return b
}

func unpacked() *builder {
	b := described()
	b.unpacked = true
	return b
}

// strange has fields that no reader knows, of every wire type.
func strange() *builder {
	b := labels()
	var m message
	m.number(100, 7)
	m.bytesField(101, []byte("later"))
	m.varint(102<<3 | 1)
	m.Write(make([]byte, 8))
	m.varint(103<<3 | 5)
	m.Write(make([]byte, 4))
	b.extra = m.Bytes()
	return b
}

func units(unit string, factor int64) *builder {
	b := newBuilder(36, valueType{"samples", "count"}, valueType{"cpu", unit})
	b.addMapping("/usr/bin/app", "id")
	b.periodType, b.period = valueType{"cpu", unit}, 10
	root := b.call("main", 1)
	for i := int64(1); i < 9; i++ {
		b.add([]int64{i, i * i * 1234 * factor}, []label{number("took", i*999, unit)},
			b.call(fmt.Sprint("step", i), i), root)
	}
	return b
}

// unitsUnspent counts samples that took no time, on the stacks of units().
func unitsUnspent() *builder {
	b := units("milliseconds", 3)
	for i := range b.samples {
		b.samples[i].values[1] *= int64(i % 2)
	}
	return b
}

// typesLess lacks a sample type that others have.
func typesLess() *builder {
	b := newBuilder(37, mem[2], mem[3])
	b.addMapping("/usr/bin/server", "0123456789abcdef")
	b.periodType, b.period = valueType{"space", "bytes"}, 524288
	b.add([]int64{5, 5000}, nil, b.call("alloc", 1), b.call("main", 12))
	return b
}

// typesTurned has them in another order.
func typesTurned() *builder {
	b := newBuilder(38, mem[3], mem[2], mem[1], mem[0])
	b.addMapping("/usr/bin/server", "0123456789abcdef")
	b.periodType, b.period = valueType{"space", "bytes"}, 524288
	b.add([]int64{7000, 7, 9000, 9}, nil, b.call("alloc", 1), b.call("main", 12))
	return b
}

// typesTwice has two sample types of one name.
func typesTwice() *builder {
	b := newBuilder(43, valueType{"t", "count"}, valueType{"u", "count"}, valueType{"u", "bytes"})
	b.addMapping("/usr/bin/app", "id")
	b.add([]int64{1, 20, 300}, nil, b.call("leaf", 1), b.call("main", 12))
	return b
}

// ties has many functions of one weight.
func ties() *builder {
	b := newBuilder(39, cpu...)
	b.addMapping("/usr/bin/app", "id")
	root := b.call("main", 1)
	for i := 0; i < 200; i++ {
		b.add([]int64{1, 10e6}, nil, b.call(fmt.Sprint("equal", i*37%200), 1), b.call(fmt.Sprint("by", i%4), 2), root)
	}
	return b
}

func everything() *builder {
	b := many(41, 500)
	b.addMapping("/lib/libc.so", "c0ffee")
	b.dropFrames, b.keepFrames = `pkg1\..*Method3`, `pkg1\..*Method33`
	b.comments, b.docURL = []string{"all at once"}, "https://example.com"
	b.defaultType = "samples"
	extra := []uint64{b.unknown(2, 0x800123), b.unknown(0, 0x99)}
	for i := range b.samples {
		s := &b.samples[i]
		if i%10 == 0 {
			s.locations = append([]uint64{extra[i/10%2]}, s.locations...)
		}
		if i%3 == 0 {
			s.labels = append(s.labels, text("zone", fmt.Sprint("z", i%4)), number("bytes", int64(i)*100, "bytes"))
		}
		if i%17 == 0 {
			s.values[1] = -s.values[1]
		}
	}
	for i := range b.locations {
		b.locations[i].folded = i%9 == 0
		for j := range b.locations[i].lines {
			b.locations[i].lines[j].column = int64(i % 4)
		}
	}
	return b
}
