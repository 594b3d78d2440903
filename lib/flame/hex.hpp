// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace kprofefe::flame {

/// The bytes behind an even number of hexadecimal digits.
std::string from_hex(std::string_view digits);

}  // namespace kprofefe::flame
