// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace kprofefe {

/// A size for people, in powers of 1024: `0 B`, `812 B`, `109 KB`, `1.2 MB`.
std::string format_bytes(std::size_t bytes);

/// The same size exactly, as parse_bytes() reads it: `64MiB`, `1000`.
std::string format_exact_bytes(std::size_t bytes);

/// Reads `1000`, `512k`, `10MB`, `64MiB`, `1.5Gi`, upper or lower case; every
/// unit is a power of 1024. Errors: usage, also for 0 and negative sizes.
Result<std::size_t> parse_bytes(std::string_view text);

}  // namespace kprofefe
