// SPDX-License-Identifier: MIT
#pragma once

#include "fuzz_target.hpp"

#include "pprof/read.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// Small, so that a run is short.
inline constexpr kprofefe::pprof::ReadLimits k_limits{
    .max_message_bytes = 1U << 20,
    .max_count = 1U << 12,
    .max_depth = 1U << 10,
    .max_sample_types = 16};

/// An input whose first byte says how to take the others.
struct Input {
  std::uint8_t first = 0;
  std::string_view head;  ///< of as many bytes as `first` says
  std::string_view tail;
};

/// `bytes_of` makes of the first byte the size of the head; both are cut at
/// the end of the data, and empty when there is none.
template <typename BytesOf>
Input cut_input(const std::uint8_t* data, std::size_t size,
                const BytesOf& bytes_of) {
  if (size == 0) {
    return {};
  }
  const std::string_view rest(reinterpret_cast<const char*>(data) + 1,
                              size - 1);
  const std::size_t cut =
      std::min<std::size_t>(bytes_of(std::size_t{*data}), rest.size());
  return {*data, rest.substr(0, cut), rest.substr(cut)};
}
