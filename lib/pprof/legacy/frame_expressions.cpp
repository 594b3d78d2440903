// SPDX-License-Identifier: MIT
#include "pprof/legacy/frame_expressions.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string_view>

namespace kprofefe::pprof::legacy {
namespace {

// The texts end up in what `merge` writes, and so are pprof's to the letter.
constexpr std::array<std::string_view, 49> k_allocators = {
    "calloc",
    "cfree",
    "malloc",
    "free",
    "memalign",
    "do_memalign",
    "(__)?posix_memalign",
    "pvalloc",
    "valloc",
    "realloc",
    "tcmalloc::.*",
    "tc_calloc",
    "tc_cfree",
    "tc_malloc",
    "tc_free",
    "tc_memalign",
    "tc_posix_memalign",
    "tc_pvalloc",
    "tc_valloc",
    "tc_realloc",
    "tc_new",
    "tc_delete",
    "tc_newarray",
    "tc_deletearray",
    "tc_new_nothrow",
    "tc_newarray_nothrow",
    "malloc_zone_malloc",
    "malloc_zone_calloc",
    "malloc_zone_valloc",
    "malloc_zone_realloc",
    "malloc_zone_memalign",
    "malloc_zone_free",
    R"(runtime\..*)",
    "BaseArena::.*",
    "(::)?do_malloc_no_errno",
    "(::)?do_malloc_pages",
    "(::)?do_malloc",
    "DoSampledAllocation",
    "MallocedMemBlock::MallocedMemBlock",
    "_M_allocate",
    "__builtin_(vec_)?delete",
    "__builtin_(vec_)?new",
    "__gnu_cxx::new_allocator::allocate",
    "__libc_malloc",
    "__malloc_alloc_template::allocate",
    "allocate",
    "cpp_alloc",
    R"(operator new(\[\])?)",
    "simple_alloc::allocate",
};
/// Of Go's runtime, and not at the top of a stack.
constexpr std::array<std::string_view, 3> k_kept_with_allocators = {
    R"(runtime\.panic)", R"(runtime\.reflectcall)", R"(runtime\.call[0-9]*)"};
constexpr std::array<std::string_view, 5> k_profilers = {
    "ProfileData::Add", "ProfileData::prof_handler",
    "CpuProfiler::prof_handler", "__pthread_sighandler", "__restore"};
constexpr std::array<std::string_view, 17> k_lockers = {
    "RecordLockProfileData",
    "(base::)?RecordLockProfileData.*",
    "(base::)?SubmitMutexProfileData.*",
    "(base::)?SubmitSpinLockProfileData.*",
    "(base::Mutex::)?AwaitCommon.*",
    "(base::Mutex::)?Unlock.*",
    "(base::Mutex::)?UnlockSlow.*",
    "(base::Mutex::)?ReaderUnlock.*",
    "(base::MutexLock::)?~MutexLock.*",
    "(Mutex::)?AwaitCommon.*",
    "(Mutex::)?Unlock.*",
    "(Mutex::)?UnlockSlow.*",
    "(Mutex::)?ReaderUnlock.*",
    "(MutexLock::)?~MutexLock.*",
    "(SpinLock::)?Unlock.*",
    "(SpinLock::)?SlowUnlock.*",
    "(SpinLockHolder::)?~SpinLockHolder.*",
};

bool has_types(const Profile& profile,
               std::initializer_list<std::string_view> types) {
  return std::ranges::equal(
      profile.sample_types, types, {},
      [&](const ValueKind& kind) { return profile.strings.at(kind.type); });
}

}  // namespace

void set_frame_expressions(Profile& profile) {
  const auto any_of = [&](const auto& names) {
    return profile.strings.add(fmt::format("{}", fmt::join(names, "|")));
  };
  // Other pairs of them are those of profile.proto.
  if (has_types(profile, {"objects", "space"}) ||
      has_types(profile, {"inuse_objects", "inuse_space"}) ||
      has_types(profile, {"alloc_objects", "alloc_space", "inuse_objects",
                          "inuse_space"})) {
    profile.drop_frames = any_of(k_allocators);
    profile.keep_frames = any_of(k_kept_with_allocators);
  } else if (has_types(profile, {"contentions", "delay"})) {
    profile.drop_frames = any_of(k_lockers);
  } else {
    profile.drop_frames = any_of(k_profilers);
  }
}

}  // namespace kprofefe::pprof::legacy
