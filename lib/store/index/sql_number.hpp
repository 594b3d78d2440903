// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace kprofefe::store {

/// SQLite's numbers are signed.
constexpr std::int64_t signed_of(std::uint64_t number) {
  return static_cast<std::int64_t>(number);
}

constexpr std::uint64_t unsigned_of(std::int64_t number) {
  return static_cast<std::uint64_t>(number);
}

}  // namespace kprofefe::store
