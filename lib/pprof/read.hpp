// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "pprof/profile.hpp"
#include "pprof/summary.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kprofefe::pprof {

/// What no profile that anybody could look at exceeds.
struct ReadLimits {
  /// Of the message, decompressed; 2 GiB at most.
  std::uint64_t max_message_bytes = k_max_inflated_bytes;
  /// Of each: samples, locations, functions, mappings, strings.
  std::size_t max_count = std::size_t{1} << 24;
  /// Frames in one stack, inlined ones counted.
  std::size_t max_depth = std::size_t{1} << 16;
  /// The same in all stacks: a location with many inlined frames takes no room
  /// where it is named again, and a lot when it is drawn.
  std::size_t max_frames = std::size_t{1} << 25;
  std::size_t max_sample_types = 1000;
};

/// Reads a profile.proto message, gzip (several members too) or plain, by the
/// rules of github.com/google/pprof/profile (postDecode, CheckValid): ids may
/// be any numbers but 0, each once; a location may name a mapping that is not
/// there and then has none; of a label with neither a text nor a number other
/// than 0 nor a unit nothing is kept. Labels of a sample come sorted, see
/// Profile::labels. Memory stays within some times the message's size. Errors:
/// malformed, saying where and what, also for runtime traces and the legacy
/// formats, which are named.
Result<Profile> read_profile(std::string_view body,
                             const ReadLimits& limits = {});

}  // namespace kprofefe::pprof
