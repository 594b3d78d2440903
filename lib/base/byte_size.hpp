// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace kprofefe {

/// A size for people, in powers of 1024: `0 B`, `812 B`, `109 KB`, `1.2 MB`.
std::string format_bytes(std::size_t bytes);

/// Reads `1000`, `512k`, `10MB`, `64MiB`, `1.5Gi`, upper or lower case; every
/// unit is a power of 1024. Errors: usage, also for nothing and less.
Result<std::size_t> parse_bytes(std::string_view text);

}  // namespace kprofefe
