// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kprofefe {

/// The parts of `text` between `separator`s, empty ones included; "" is one
/// empty part.
std::vector<std::string_view> split(std::string_view text, char separator);

/// `text` without white space (also line ends) at both ends.
std::string_view trim(std::string_view text);

/// ASCII letters compared without regard to case.
bool equals_ignoring_case(std::string_view a, std::string_view b);

/// What a stranger sent, fit for one line of a message: the first line that
/// is not empty, printable (see utf8.hpp), at most `max_bytes` long (then
/// `…`, never in the middle of a character).
std::string one_line(std::string_view text, std::size_t max_bytes = 200);

/// The same of all lines, whole: what is in a file or a profile does not steer
/// the terminal.
std::string printable_lines(std::string_view text);

/// What a stranger wrote, in quotation marks and with every blank and line end
/// still to be seen: printable, at most `max_bytes` long (then `…`).
std::string quoted(std::string_view text, std::size_t max_bytes = 200);

}  // namespace kprofefe
