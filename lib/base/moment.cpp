// SPDX-License-Identifier: MIT
#include "base/moment.hpp"

#include "base/duration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace kprofefe {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

/// Takes exactly `digits` digits and then `separator` (0: none) off `text`.
std::optional<int> take_number(std::string_view& text, std::size_t digits,
                               char separator) {
  if (text.size() < digits) {
    return std::nullopt;
  }
  int value = 0;
  for (const char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') {
      return std::nullopt;
    }
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  if (separator == 0) {
    return value;
  }
  if (!text.starts_with(separator)) {
    return std::nullopt;
  }
  text.remove_prefix(1);
  return value;
}

std::optional<std::chrono::seconds> take_zone(std::string_view text) {
  if (text == "Z" || text == "z") {
    return std::chrono::seconds(0);
  }
  if (text.empty() || (text.front() != '+' && text.front() != '-')) {
    return std::nullopt;
  }
  const int sign = text.front() == '-' ? -1 : 1;
  text.remove_prefix(1);
  const auto hours = take_number(text, 2, ':');
  const auto minutes = hours ? take_number(text, 2, 0) : std::nullopt;
  if (!minutes || !text.empty() || *hours > 23 || *minutes > 59) {
    return std::nullopt;
  }
  return std::chrono::seconds(sign * (*hours * 3600 + *minutes * 60));
}

/// False for a point without digits.
bool drop_fraction(std::string_view& text) {
  if (!text.starts_with('.')) {
    return true;
  }
  const auto end =
      std::min(text.find_first_not_of("0123456789", 1), text.size());
  text.remove_prefix(end);
  return end > 1;
}

/// SystemTime counts nanoseconds in 64 bits, which last for these years.
constexpr std::chrono::sys_seconds k_first = sys_days(
    std::chrono::year(1678) / std::chrono::January / std::chrono::day(1));
constexpr std::chrono::sys_seconds k_end = sys_days(
    std::chrono::year(2262) / std::chrono::January / std::chrono::day(1));

std::optional<std::chrono::sys_seconds> read_rfc3339(std::string_view text) {
  constexpr std::array<std::size_t, 6> k_lengths = {4, 2, 2, 2, 2, 2};
  const char t = text.size() > 10 && text[10] == 't' ? 't' : 'T';
  const std::array<char, 6> separators = {'-', '-', t, ':', ':', 0};
  std::array<int, 6> parts{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto part = take_number(text, k_lengths.at(i), separators.at(i));
    if (!part) {
      return std::nullopt;
    }
    parts.at(i) = *part;
  }
  const bool fraction = drop_fraction(text);
  const auto zone = fraction ? take_zone(text) : std::nullopt;
  const auto [year, month, day, hour, minute, second] = parts;
  const year_month_day date{std::chrono::year(year),
                            std::chrono::month(static_cast<unsigned>(month)),
                            std::chrono::day(static_cast<unsigned>(day))};
  if (!zone || !date.ok() || hour > 23 || minute > 59 || second > 60) {
    return std::nullopt;
  }
  return sys_days(date) + std::chrono::hours(hour) +
         std::chrono::minutes(minute) + std::chrono::seconds(second) - *zone;
}

}  // namespace

SystemTime saturated(std::chrono::sys_seconds time) {
  return std::clamp(time, k_first, k_end);
}

Result<std::chrono::sys_seconds> parse_rfc3339_of_any_year(
    std::string_view text) {
  const std::optional<std::chrono::sys_seconds> time = read_rfc3339(text);
  if (!time) {
    return fail(ErrorKind::usage,
                fmt::format("invalid RFC 3339 time \"{}\": use "
                            "2026-01-31T09:30:00Z",
                            text));
  }
  return *time;
}

Result<SystemTime> parse_rfc3339(std::string_view text) {
  TRY_ASSIGN(const std::chrono::sys_seconds time,
             parse_rfc3339_of_any_year(text));
  if (time < k_first || time >= k_end) {
    return fail(ErrorKind::usage,
                fmt::format("RFC 3339 time \"{}\" is out of range: use 1678 to "
                            "2261",
                            text));
  }
  return time;
}

Result<SystemTime> parse_moment(std::string_view text, SystemTime now) {
  if (const Result<SystemTime> time = parse_rfc3339(text)) {
    return time;
  }
  const Result<Milliseconds> ago = parse_duration(text);
  if (!ago) {
    return fail(ErrorKind::usage,
                fmt::format("invalid time \"{}\": use an age (24h, 30m) "
                            "or RFC 3339 (2026-01-31T09:30:00Z)",
                            text));
  }
  return now - std::chrono::abs(*ago);
}

std::string format_utc_without_zone(SystemTime time) {
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const year_month_day date(days);
  const std::chrono::hh_mm_ss clock(
      std::chrono::floor<std::chrono::seconds>(time - days));
  return fmt::format(
      "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
      clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::string format_rfc3339(SystemTime time) {
  return format_utc_without_zone(time) + "Z";
}

std::int64_t unix_seconds(SystemTime time) {
  return std::chrono::floor<std::chrono::seconds>(time.time_since_epoch())
      .count();
}

}  // namespace kprofefe
