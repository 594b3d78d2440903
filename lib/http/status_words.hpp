// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace kprofefe::http {

/// Whether `text` says no more than a status does, as the titles of servers'
/// own error pages: `400 Bad Request`, `504 Gateway Time-out`, `Error`. So does
/// an empty one.
bool says_only_a_status(std::string_view text);

}  // namespace kprofefe::http
