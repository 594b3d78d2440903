// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "pprof/profile.hpp"

#include <cstdint>
#include <string_view>

namespace kprofefe::pprof {

/// What tells one entry of a report from the next.
enum class Granularity : std::uint8_t {
  functions,
  filefunctions,
  files,
  lines,
  addresses,
};

struct AggregateOptions {
  Granularity granularity = Granularity::functions;
  bool no_inlines = false;  ///< inlined functions count as their caller
  bool columns = false;     ///< lines differ by column, too
};

/// Forgets what the granularity does not tell apart: names, files, lines,
/// columns or addresses become 0. Nothing is added up here. pprof's
/// driver.aggregate.
void aggregate(Profile& profile, const AggregateOptions& options);

}  // namespace kprofefe::pprof
