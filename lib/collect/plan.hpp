// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/kind.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace kprofefe::collect {

/// What a target is asked for.
enum class Form : std::uint8_t {
  profile,         ///< in pprof's format, or a runtime trace
  goroutine_dump,  ///< the stack of every goroutine, as text
  index,           ///< the page that says what profiles there are
};

/// What to fetch from every target.
struct PlanOptions {
  std::vector<pprof::ProfileKind> kinds;
  Form form = Form::profile;           ///< of all of them
  std::chrono::seconds cpu_time{30};   ///< of the CPU profile
  std::chrono::seconds trace_time{1};  ///< of the runtime trace
  /// How long an answer may take beyond the time it samples.
  std::chrono::milliseconds slack{15000};
};

/// One profile to fetch from a target.
struct Fetch {
  pprof::ProfileKind kind;
  std::size_t row = 0;   ///< its place in PlanOptions::kinds
  std::string endpoint;  ///< below the target's path: `profile?seconds=30`
  Form form = Form::profile;
  std::chrono::seconds sampling{};      ///< before there is an answer; may be 0
  std::chrono::milliseconds timeout{};  ///< of the answer, sampling included
};

/// The fetches of one target, in the order in which to make them, one after
/// the other: snapshots first, then what samples over time, so that a CPU
/// profile shows the program and not the cost of its other profiles.
std::vector<Fetch> plan_fetches(const PlanOptions& options);

/// How long the profiles of one target sample, one after the other; may be 0.
std::chrono::seconds sampling_time(const PlanOptions& options);

}  // namespace kprofefe::collect
