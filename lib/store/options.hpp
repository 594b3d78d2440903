// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

namespace kprofefe::store {

struct Options {
  /// Older windows go; nothing: none.
  std::optional<std::chrono::hours> retention;
  /// Of the whole folder; the oldest windows go first. The window that is
  /// written to stays. Nothing: as much as the disk has.
  std::optional<std::uint64_t> max_bytes;
  /// A segment that has so many bytes is followed by another one.
  std::uint64_t segment_bytes = std::uint64_t{256} << 20;
  /// Says on which day a profile arrives.
  SystemTime (*now)() = std::chrono::system_clock::now;
};

}  // namespace kprofefe::store
