// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace kprofefe::pprof {

/// The profiles that Go's net/http/pprof serves.
enum class ProfileKind : std::uint8_t {
  cpu,
  heap,
  allocs,
  block,
  mutex,
  goroutine,
  threadcreate,
  trace,  ///< a runtime trace: no pprof format, opened by `go tool trace`
};

/// Every kind, in the order in which help texts and tables list them.
inline constexpr std::array k_profile_kinds = {
    ProfileKind::cpu,          ProfileKind::heap,  ProfileKind::allocs,
    ProfileKind::block,        ProfileKind::mutex, ProfileKind::goroutine,
    ProfileKind::threadcreate, ProfileKind::trace};

/// What is captured when nobody says otherwise: every kind but trace, as
/// kube-profefe does.
inline constexpr std::array k_default_kinds = {
    ProfileKind::cpu,         ProfileKind::heap,  ProfileKind::allocs,
    ProfileKind::block,       ProfileKind::mutex, ProfileKind::goroutine,
    ProfileKind::threadcreate};

/// `cpu`, `heap` and so on: the name in flags, file names and reports.
std::string_view kind_name(ProfileKind kind);

/// The last part of the URL under /debug/pprof: the name, but `profile` for
/// cpu.
std::string_view endpoint_name(ProfileKind kind);

/// The sample type that every Go profile of the kind has and that tells it:
/// `cpu`, `inuse_space`, `delay`, ...; empty for a trace.
std::string_view measured_type(ProfileKind kind);

/// Whether the program watches itself for some seconds before it answers (cpu
/// and trace); the others answer at once.
bool samples_over_time(ProfileKind kind);

/// What the values of a profile are over time.
enum class Temporality : std::uint8_t {
  delta,       ///< what happened while it sampled: cpu
  gauge,       ///< what there is at one moment: heap, goroutine, threadcreate
  cumulative,  ///< what happened since the program started: allocs, block,
               ///< mutex
};

/// Of a trace delta.
Temporality temporality(ProfileKind kind);

/// The kind of that name. Errors: usage, with the valid names and what was
/// probably meant.
Result<ProfileKind> parse_kind(std::string_view name);

/// Reads `cpu,heap` or `all`; blanks around a name do not matter, a name
/// written twice counts once, the order is kept. Errors: usage, as
/// parse_kind; also for an empty name.
Result<std::vector<ProfileKind>> parse_kinds(std::string_view list);

}  // namespace kprofefe::pprof
