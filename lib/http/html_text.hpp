// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kprofefe::http {

/// What a page, or other markup, tells its reader, fit for one line of a
/// message: its title or, where the title says no more than a status ("400 Bad
/// Request"), the text below it. Empty when it has neither.
std::string html_text(std::string_view page, std::size_t max_bytes = 200);

}  // namespace kprofefe::http
