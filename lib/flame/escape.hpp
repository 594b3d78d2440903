// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace kprofefe::flame {

/// `text` as content or a quoted attribute of HTML and XML; control characters
/// and what is no UTF-8, which XML cannot hold, are `?`.
std::string escape_markup(std::string_view text);

/// The bytes behind an even number of hexadecimal digits.
std::string from_hex(std::string_view digits);

}  // namespace kprofefe::flame
