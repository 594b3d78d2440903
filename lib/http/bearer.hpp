// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace kprofefe::http {

/// What Authorization is to say for a token (RFC 6750, 2.1), as it stands in a
/// file or a variable. Errors: config, naming where it is `from`.
Result<std::string> bearer(std::string_view token, std::string_view from);

}  // namespace kprofefe::http
