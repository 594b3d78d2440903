// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace kprofefe {

/// Values come from files, so sums may overflow: they wrap, as in Go.
constexpr std::int64_t sum_of(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) +
                                   static_cast<std::uint64_t>(b));
}

constexpr std::int64_t negated(std::int64_t value) {
  return static_cast<std::int64_t>(0 - static_cast<std::uint64_t>(value));
}

/// Without its sign; the smallest number stays negative.
constexpr std::int64_t magnitude(std::int64_t value) {
  return value < 0 ? negated(value) : value;
}

constexpr std::int64_t quotient(std::int64_t value, std::int64_t divisor) {
  return divisor == -1 ? negated(value) : value / divisor;
}

}  // namespace kprofefe
