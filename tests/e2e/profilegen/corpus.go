// SPDX-License-Identifier: MIT

package main

import "math"

// corpus is every profile by the name of its file.
func corpus() map[string]*builder {
	return map[string]*builder{
		"labels": labels(), "labels_mixed": labelsMixed(), "mappings": mappings(),
		"inlined": inlined(), "unsymbolized": unsymbolized(), "folded": folded(),
		"columns": columns(), "negative": negative(), "frames": frames(),
		"described": described(), "default_type": defaultType(),
		"default_unknown": defaultUnknown(), "names": names(), "files": files(),
		"recursive": recursive(), "huge": huge(), "zero": zero(),
		"no_samples": noSamples(), "no_location": noLocation(),
		"contention": contention(), "many": many(11, 4000), "many_new": many(12, 4400),
		"memory": memory(21), "memory_new": memory(22), "deep": deep(),
		"sparse_ids": sparseIDs(), "unpacked": unpacked(), "strange": strange(),
		"units_us": units("microseconds", 1), "units_ms": units("milliseconds", 3),
		"units_odd": units("furlongs", 7), "units_mb": units("mb", 2),
		"units_gcu": units("millicores", 2), "units_unspent": unitsUnspent(),
		"types_less":   typesLess(),
		"types_turned": typesTurned(), "types_twice": typesTwice(), "ties": ties(), "mangled": mangled(),
		"mangled_rust": mangledRust(), "everything": everything(),
	}
}

func labels() *builder {
	b := newBuilder(1, cpu...)
	b.addMapping("/usr/bin/app", "abc123")
	work, idle, root := b.call("work", 20), b.call("idle", 30), b.call("main", 10)
	b.add([]int64{3, 30e6}, []label{text("tenant", "shop"), text("path", "/cart?x=1")}, work, root)
	b.add([]int64{5, 50e6}, []label{text("tenant", "bank"), text("path", "/pay")}, work, root)
	b.add([]int64{7, 70e6}, []label{text("tenant", "bank"), text("tenant", "vault")}, idle, root)
	b.add([]int64{1, 10e6}, []label{number("bytes", 512, "bytes")}, idle, root)
	b.add([]int64{2, 20e6}, []label{number("bytes", 1<<20, "bytes"), text("tenant", "shop")}, work, root)
	b.add([]int64{4, 40e6}, []label{number("latency", 1_500_000, "nanoseconds")}, work, idle, root)
	b.add([]int64{4, 44e6}, []label{number("request", 17, "")}, work, idle, root)
	b.add([]int64{6, 60e6}, nil, idle, work, root)
	return b
}

func labelsMixed() *builder {
	b := newBuilder(2, mem...)
	b.addMapping("/usr/bin/app", "")
	alloc, root := b.call("alloc", 5), b.call("main", 10)
	for i, size := range []int64{16, 48, 1024, 4096, 1 << 20, 3 << 20, 1 << 30} {
		n := int64(i + 1)
		b.add([]int64{n, n * size, n, n * size}, []label{number("bytes", size, "")}, alloc, root)
	}
	b.add([]int64{1, 64, 0, 0}, []label{number("size", 2, "kilobytes")}, alloc, root)
	b.add([]int64{1, 32, 1, 32}, []label{number("size", 512, "bytes")}, alloc, root)
	b.add([]int64{2, 16, 1, 8}, []label{number("n", 1, ""), number("n", 2, ""), number("n", 3, "")}, root)
	b.add([]int64{2, 16, 1, 8}, []label{text("n", "text"), number("n", -4, "")}, root)
	return b
}

func mappings() *builder {
	b := newBuilder(3, cpu...)
	app := b.addMapping("/usr/bin/app", "b1")
	b.addMapping("/lib/x86_64-linux-gnu/libc.so.6", "b2")
	vdso := b.addMapping("[vdso]", "")
	b.mappings = append(b.mappings, mapping{id: 4, start: 0x7f0000000000, limit: 0x7f0000100000,
		offset: 0x2000, file: "/lib/no symbols.so", buildID: "b4"})
	root := b.place(app, at{"main", "/src/main.c", 3, 0})
	malloc := b.place(2, at{"malloc", "/build/malloc.c", 3000, 0})
	ours := b.place(app, at{"malloc", "/src/malloc.c", 30, 0})
	b.add([]int64{1, 11e6}, nil, malloc, root)
	b.add([]int64{2, 22e6}, nil, ours, root)
	b.add([]int64{3, 33e6}, nil, b.place(vdso, at{"clock_gettime", "", 0, 0}), ours, root)
	b.add([]int64{4, 44e6}, nil, b.unknown(4, 0x7f0000000123), malloc, root)
	b.add([]int64{1, 7e6}, nil, b.place(0, at{"jit", "", 0, 0}), root)
	return b
}

func inlined() *builder {
	b := newBuilder(4, cpu...)
	b.addMapping("/usr/bin/app", "id")
	a, c := at{"main.a", "/src/a.go", 1, 0}, at{"main.c", "/src/c.go", 3, 0}
	m := at{"main.b", "/src/b.go", 2, 0}
	chain := b.place(1, a, m, c)
	root := b.call("main", 10)
	b.add([]int64{1, 10e6}, nil, chain, root)
	b.add([]int64{2, 20e6}, nil, b.place(1, a, c), root)
	b.add([]int64{3, 30e6}, nil, b.place(1, a), chain, root)
	b.add([]int64{4, 40e6}, nil, b.place(1, m), b.place(1, a, a), root)
	b.add([]int64{5, 50e6}, nil, b.place(1, m), b.place(1, c), root)
	return b
}

func unsymbolized() *builder {
	b := newBuilder(5, cpu...)
	b.addMapping("/usr/bin/stripped", "feed")
	b.mappings[0].functions, b.mappings[0].lines = false, false
	b.mappings[0].files, b.mappings[0].inlinings = false, false
	x, y := b.unknown(1, 0x400100), b.unknown(1, 0x400200)
	nowhere, nothing := b.unknown(0, 0xdeadbeef), b.unknown(0, 0)
	b.add([]int64{1, 10e6}, nil, x, y)
	b.add([]int64{2, 20e6}, nil, y, x, x)
	b.add([]int64{3, 30e6}, nil, nowhere, y)
	b.add([]int64{4, 40e6}, nil, nothing, y)
	b.add([]int64{5, 50e6}, nil, b.place(1, at{"", "/src/nameless.go", 4, 0}), y)
	return b
}

func folded() *builder {
	b := inlined()
	for i := range b.locations {
		b.locations[i].folded = i%2 == 0
	}
	return b
}

func columns() *builder {
	b := newBuilder(6, cpu...)
	b.addMapping("/usr/bin/app", "id")
	root := b.place(1, at{"main.main", "/src/main.go", 9, 2})
	for column := int64(1); column < 5; column++ {
		leaf := b.place(1, at{"main.leaf", "/src/leaf.go", 7, column * 3})
		b.add([]int64{column, column * 10e6}, nil, leaf, root)
	}
	return b
}

func negative() *builder {
	b := newBuilder(7, mem...)
	b.addMapping("/usr/bin/app", "id")
	root := b.call("main", 10)
	for i := int64(0); i < 12; i++ {
		v := (i - 5) * 1000
		b.add([]int64{i - 5, v, 5 - i, -v}, nil, b.call(string(rune('a'+i)), i), root)
	}
	b.add([]int64{0, 0, 0, 0}, nil, root)
	return b
}

func frames() *builder {
	b := newBuilder(8, cpu...)
	b.addMapping("/usr/bin/app", "id")
	b.dropFrames, b.keepFrames = `main\.(sample|internal.*)|runtime\.callers`, `main\.internalKeep`
	root := b.call("main", 10)
	b.add([]int64{1, 10e6}, nil, b.call("sample", 1), b.call("work", 2), root)
	b.add([]int64{2, 20e6}, nil, b.call("deeper", 7), b.call("internalDrop", 1), b.call("work", 2), root)
	b.add([]int64{3, 30e6}, nil, b.call("internalKeep", 1), b.call("other", 2), root)
	b.add([]int64{4, 40e6}, nil, b.place(1, at{"main.sample", "/s.go", 1, 0}, at{"main.around", "/r.go", 2, 0}), root)
	b.add([]int64{5, 50e6}, nil, b.call("sample", 1))
	return b
}

func described() *builder {
	b := labels()
	b.comments = []string{"built by CI", "#hidden comment", "second line\nwith a break"}
	b.docURL, b.durationNanos = "https://example.com/doc?a=b", 10_123_456_789
	b.periodType, b.period = valueType{"cpu", "nanoseconds"}, 10_000_000
	return b
}

func defaultType() *builder {
	b := memory(23)
	b.defaultType = "alloc_space"
	return b
}

func defaultUnknown() *builder {
	b := memory(24)
	b.defaultType = "no_such_type"
	return b
}

func huge() *builder {
	b := newBuilder(9, valueType{"space", "bytes"}, valueType{"time", "nanoseconds"})
	b.addMapping("/usr/bin/app", "id")
	root := b.call("main", 10)
	b.add([]int64{math.MaxInt64 / 4, math.MaxInt64 / 4}, nil, b.call("much", 1), root)
	b.add([]int64{1 << 50, 86400e9 * 900}, nil, b.call("more", 2), root)
	b.add([]int64{1 << 40, 3600e9}, nil, b.call("some", 3), root)
	b.add([]int64{1, 1}, nil, b.call("one", 4), root)
	return b
}

func zero() *builder {
	b := newBuilder(10, cpu...)
	b.addMapping("/usr/bin/app", "id")
	b.add([]int64{0, 0}, nil, b.call("nothing", 1), b.call("main", 2))
	return b
}

func noSamples() *builder {
	b := newBuilder(11, cpu...)
	b.addMapping("/usr/bin/app", "id")
	b.call("main", 1)
	return b
}

func noLocation() *builder {
	b := zero()
	b.add([]int64{2, 20e6}, []label{text("stack", "empty")})
	b.add([]int64{3, 30e6}, nil, b.call("main", 2))
	return b
}
