// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace kprofefe {

/// Reads a point in time as `--from` and `--to` take it: a duration means
/// that long ago (`24h` and `-24h` alike, as kube-profefe's users write both),
/// RFC 3339 is itself. Errors: usage.
Result<SystemTime> parse_moment(std::string_view text, SystemTime now);

/// Reads RFC 3339, with or without a fraction, `Z` or an offset. Errors: usage,
/// also for years that SystemTime cannot count.
Result<SystemTime> parse_rfc3339(std::string_view text);

/// The same in whole seconds, of the years 0 to 9999. Errors: usage.
Result<std::chrono::sys_seconds> parse_rfc3339_of_any_year(
    std::string_view text);

/// The moment nearest to `time` that SystemTime can count: for what expires in
/// the year 9999.
SystemTime saturated(std::chrono::sys_seconds time);

/// `2026-11-23T06:09:00Z`, UTC, whole seconds.
std::string format_rfc3339(SystemTime time);

/// `2026-11-23T06:09:00`: UTC without a zone, as profefe's API takes it.
std::string format_utc_without_zone(SystemTime time);

/// Seconds since 1970.
std::int64_t unix_seconds(SystemTime time);

}  // namespace kprofefe
