// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/kind.hpp"
#include "pprof/summary.hpp"

#include <optional>
#include <string_view>

namespace kprofefe::pprof {

/// Which of Go's profiles this is; nothing when it is none of them or cannot
/// be told (profefe calls that `other`). The rules, by sample types as Go's
/// runtime/pprof writes them:
///
/// - cpu/nanoseconds: cpu.
/// - inuse_space/bytes or alloc_space/bytes: allocs when default_sample_type
///   is alloc_space or alloc_objects, or when nothing is said of memory in
///   use; heap when it is another. Without one it is heap, unless the file's
///   name says allocs: Go's heap has none, and its allocs loses it when asked
///   for a difference (`allocs?seconds=5`).
/// - contentions/count and delay/nanoseconds: mutex when the stacks end in a
///   function that let others go on (`sync.(*Mutex).Unlock`, `runtime.unlock`,
///   `runtime._LostContendedRuntimeLock`), block when they end in one that
///   waited (`sync.(*Mutex).Lock`, `sync.(*WaitGroup).Wait`,
///   `runtime.chanrecv1`, `runtime.selectgo`). When no stack tells, or both
///   kinds do, the file's name decides.
/// - goroutine/count and threadcreate/count: these.
///
/// A file's name says a kind when the last part of its path begins with
/// `profile-<kind>-`, as we write it, or has the kind's name as a word in it
/// and not the name of the other one in question.
std::optional<ProfileKind> detect_kind(const Summary& summary,
                                       std::string_view file_name);

}  // namespace kprofefe::pprof
