// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "pprof/check.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::pprof {

/// What a number measures, e.g. `cpu` in `nanoseconds`.
struct ValueType {
  std::string type;
  std::string unit;

  bool operator==(const ValueType&) const = default;
};

/// What a profile says about itself, its samples counted and not resolved.
struct Summary {
  Content content = Content::empty;
  /// Nothing further is known of a trace.
  std::vector<ValueType> sample_types;
  std::optional<ValueType> period_type;
  std::int64_t period = 0;
  /// The type of the sample type to show first; empty when it is not said.
  std::string default_sample_type;
  /// When it was taken, in ns since 1970; 0 when it is not said.
  std::int64_t time_nanos = 0;
  std::int64_t duration_nanos = 0;
  std::uint64_t samples = 0;
  std::uint64_t mappings = 0;
  std::uint64_t locations = 0;
  std::uint64_t functions = 0;
  /// At most 64.
  std::vector<std::string> comments;
  /// The functions at the top of the stacks (innermost inlined frame),
  /// sorted, each once. Not all when a profile has thousands of them.
  std::vector<std::string> leaf_functions;
};

/// Larger than this is no profile that anybody could look at.
inline constexpr std::uint64_t k_max_inflated_bytes = 512U << 20;

/// Reads a profile, gzip or plain, or recognises a trace. Verifies the body
/// as inflate_body does. Errors: malformed, also for the legacy formats, which
/// are named.
Result<Summary> read_summary(
    std::string_view body,
    std::uint64_t max_inflated_bytes = k_max_inflated_bytes);

}  // namespace kprofefe::pprof
