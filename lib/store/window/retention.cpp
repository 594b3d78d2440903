// SPDX-License-Identifier: MIT
#include "store/window/retention.hpp"

#include "store/window/window.hpp"

#include <chrono>

namespace kprofefe::store {
namespace {

using std::chrono::days;

/// Whether all of its day is longer ago than the retention.
bool is_too_old(std::uint32_t day, const Options& options, SystemTime now) {
  const std::chrono::sys_days end{days(day) + days(1)};
  // In hours, of which any number is a retention.
  const auto age = std::chrono::floor<std::chrono::hours>(now - end);
  return options.retention && age >= *options.retention;
}

}  // namespace

std::vector<Expired> choose_expired(std::span<const WindowBytes> windows,
                                    const Options& options, SystemTime now) {
  std::uint64_t bytes = 0;
  for (const WindowBytes& window : windows) {
    bytes += window.bytes;
  }
  std::vector<Expired> expired;
  for (const WindowBytes& window : windows) {
    const bool is_old = is_too_old(window.day, options, now);
    const bool is_over = options.max_bytes && bytes > *options.max_bytes &&
                         window.day != window_at(now);
    if (is_old || is_over) {
      expired.push_back({.day = window.day, .was_over_size = !is_old});
      bytes -= window.bytes;
    }
  }
  return expired;
}

}  // namespace kprofefe::store
