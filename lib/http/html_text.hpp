// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace kprofefe::http {

/// What a page calls itself, fit for one line of a message, to tell a login
/// page from a proxy's complaint; empty when it has no title.
std::string html_title(std::string_view html);

}  // namespace kprofefe::http
