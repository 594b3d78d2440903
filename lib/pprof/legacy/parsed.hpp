// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"  // TRY

#include <cstdint>
#include <expected>
#include <string>
#include <utility>

namespace kprofefe::pprof::legacy {

/// Why bytes are not read as one of the legacy formats.
struct Refusal {
  enum class Kind : std::uint8_t {
    other_format,  ///< they may be of the next one, which pprof tries then
    damaged,
    too_large,
  };

  Kind kind;
  /// Where and what; empty when nothing of the format was there.
  std::string why;
};

template <typename T>
using Parsed = std::expected<T, Refusal>;

inline std::unexpected<Refusal> other_format(std::string why = {}) {
  return std::unexpected(Refusal{Refusal::Kind::other_format, std::move(why)});
}

inline std::unexpected<Refusal> damaged(std::string why) {
  return std::unexpected(Refusal{Refusal::Kind::damaged, std::move(why)});
}

inline std::unexpected<Refusal> oversized(std::string why) {
  return std::unexpected(Refusal{Refusal::Kind::too_large, std::move(why)});
}

}  // namespace kprofefe::pprof::legacy
