// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"

#include <chrono>
#include <cstdint>

namespace kprofefe::store {

/// Since 1970, as times are kept.
inline std::int64_t nanoseconds_of(SystemTime time) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             time.time_since_epoch())
      .count();
}

inline SystemTime time_of(std::int64_t nanoseconds) {
  return SystemTime(std::chrono::duration_cast<SystemTime::duration>(
      std::chrono::nanoseconds(nanoseconds)));
}

}  // namespace kprofefe::store
