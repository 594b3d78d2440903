// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "pprof/summary.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace kprofefe::pprof {

/// What a profile comes to.
struct Totals {
  std::int64_t time_nanos = 0;  ///< since 1970; 0 when it is not said
  std::uint64_t samples = 0;
  std::vector<ValueType> sample_types;
  /// The sum of all samples for each sample type; overflow wraps around, as in
  /// `go tool pprof`.
  std::vector<std::int64_t> sums;
};

/// Of a decompressed profile.proto message, in one pass. Errors: malformed.
Result<Totals> read_totals(std::string_view message);

}  // namespace kprofefe::pprof
