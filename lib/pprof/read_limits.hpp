// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/summary.hpp"

#include <cstddef>
#include <cstdint>

namespace kprofefe::pprof {

/// What no profile that anybody could look at exceeds.
struct ReadLimits {
  /// Of the message, decompressed; 2 GiB at most.
  std::uint64_t max_message_bytes = k_max_inflated_bytes;
  /// Of each: samples, locations, functions, mappings, strings.
  std::size_t max_count = std::size_t{1} << 24;
  /// Frames in one stack, inlined ones counted.
  std::size_t max_depth = std::size_t{1} << 20;
  /// The same in all stacks: a location with many inlined frames takes no room
  /// where it is named again, and a lot when it is drawn.
  std::size_t max_frames = std::size_t{1} << 26;
  std::size_t max_sample_types = 10'000;
};

}  // namespace kprofefe::pprof
