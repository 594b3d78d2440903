// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace kprofefe {

/// `text` as content or a quoted attribute of HTML and XML; control characters
/// and what is no UTF-8 or no character of XML are `?`.
std::string escape_markup(std::string_view text);

}  // namespace kprofefe
