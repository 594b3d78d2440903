// SPDX-License-Identifier: MIT
#include "store/window/window.hpp"

#include "base/moment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace kprofefe::store {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::sys_days;
using std::chrono::year_month_day;

std::uint32_t window_at(SystemTime time) {
  const auto day = floor<days>(time).time_since_epoch().count();
  return static_cast<std::uint32_t>(std::max<std::int64_t>(day, 0));
}

std::string window_name(std::uint32_t day) {
  const year_month_day date{sys_days(days(day))};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::optional<std::uint32_t> parse_window_name(std::string_view name) {
  const auto begin = parse_rfc3339(fmt::format("{}T00:00:00Z", name));
  if (!begin) {
    return std::nullopt;
  }
  const std::uint32_t day = window_at(*begin);
  return window_name(day) == name ? std::optional(day) : std::nullopt;
}

}  // namespace kprofefe::store
