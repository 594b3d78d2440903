// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace kprofefe {

/// The last part: `b` of `/a/b/`, `/` of `//`, `.` of "". As Go's path.Base.
std::string_view base_name(std::string_view path);

}  // namespace kprofefe
