// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

namespace kprofefe::view {

/// As Go writes a time.Duration: `30.012s`, `1h0m0.5s`, `1.5ms`, `0s`.
std::string go_duration(std::int64_t nanoseconds);

}  // namespace kprofefe::view
