// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace kprofefe {

/// JSON text with what a terminal would obey, and JSON itself allows (DEL, C1,
/// characters that turn the direction of text), as `\u` escapes: whoever reads
/// it gets the same strings, and whoever looks at it is not misled.
std::string escape_controls(std::string_view json);

}  // namespace kprofefe
