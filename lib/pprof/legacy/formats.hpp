// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/legacy/parsed.hpp"
#include "pprof/profile.hpp"
#include "pprof/read_limits.hpp"

#include <cstdint>
#include <string_view>

namespace kprofefe::pprof::legacy {

// Each reads one family of formats as the parser of that name in pprof's
// legacy_profile.go and legacy_java_profile.go does; drop_frames and
// keep_frames are left to who calls. Refusals: other_format, where pprof goes
// on to the next one; damaged; too_large.

/// gperftools' binary CPU profile, and Java's of that format, by words of 4 or
/// 8 bytes of either order:
///
///     header: 0 3 JAVA PERIOD 0      JAVA is 0 or 1, PERIOD in microseconds
///     stack:  COUNT DEPTH ADDRESS...
///     end:    0 1 0                  then a memory map, or Java's locations
Parsed<Profile> read_cpu(std::string_view bytes, const ReadLimits& limits);

/// Heap profiles of Go (debug=1) and gperftools, its growth and its
/// fragmentation:
///
///     heap profile: 5: 320 [9: 640] @ heap/1048576
///     2: 128 [3: 192] @ 0x401234 0x405678
Parsed<Profile> read_heap(std::string_view text, const ReadLimits& limits);

/// Go's goroutine, threadcreate and custom profiles (debug=1):
///
///     goroutine profile: total 7
///     3 @ 0x401234 0x405678
Parsed<Profile> read_count(std::string_view text, const ReadLimits& limits);

/// gperftools' stacks of all threads:
///
///     --- threadz 1 ---
///     --- Thread 7f0 (name: main/12) stack: ---
///       PC: 0x401234 0x405678
Parsed<Profile> read_threads(std::string_view text, const ReadLimits& limits);

/// Go's block and mutex profiles (debug=1), and gperftools' contention:
///
///     --- contention:
///     cycles/second=3000000000
///     1024 2 @ 0x401234 0x405678
Parsed<Profile> read_contention(std::string_view text,
                                const ReadLimits& limits);

/// Java's heap and contention profiles:
///
///     --- heapz 1 ---
///     resolution=bytes
///     128 2 @ 0x1 0x2
///     0x1 com.example.Main.run (Main.java:12)
Parsed<Profile> read_java(std::string_view text, const ReadLimits& limits);

}  // namespace kprofefe::pprof::legacy
