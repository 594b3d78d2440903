// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace kprofefe {

using Milliseconds = std::chrono::milliseconds;

/// Reads a duration as Go's time.ParseDuration does: `30s`, `1h30m`, `1.5h`,
/// `250ms`, `-24h`, `0`. Units ns, us, ms, s, m, h; below a millisecond it is
/// rounded towards zero. Errors: usage.
Result<Milliseconds> parse_duration(std::string_view text);

/// Short and for people: `350ms`, `1.2s`, `30s`, `2m5s`, `1h0m`.
std::string format_duration(Milliseconds duration);

}  // namespace kprofefe
