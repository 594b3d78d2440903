// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <string>

namespace kprofefe {

/// A text as UTF-8 without a byte order mark, whatever mark it begins with:
/// Windows PowerShell writes UTF-16. What is no character becomes U+FFFD; a
/// text without a mark stays as it is.
std::string decode_text(std::string bytes);

/// read_file() for text written by people: decoded. Every such file is read
/// with this, so that no other code has to handle encodings.
Result<std::string> read_text_file(const std::string& path,
                                   std::size_t max_bytes = std::size_t{64}
                                                           << 20);

}  // namespace kprofefe
