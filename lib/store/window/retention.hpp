// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "store/options.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace kprofefe::store {

/// A window, as far as it matters here.
struct WindowBytes {
  std::uint32_t day = 0;
  std::uint64_t bytes = 0;
};

struct Expired {
  std::uint32_t day = 0;
  bool was_over_size = false;  ///< else: too old

  bool operator==(const Expired&) const = default;
};

/// Which windows are to go, of some that are sorted by day. The one of `now` is
/// written to and stays.
std::vector<Expired> choose_expired(std::span<const WindowBytes> windows,
                                    const Options& options, SystemTime now);

}  // namespace kprofefe::store
