// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>

// Free text from outside, recognised by its phrases.

namespace kprofefe {

/// All lines of `text` fit for one line of a message: a blank for each run of
/// white space, printable (see utf8.hpp), at most `max_bytes` long (then `…`).
std::string joined_lines(std::string_view text, std::size_t max_bytes = 200);

/// Where `phrase`, which is in lower case, first is in `text`, ASCII letters
/// compared without regard to case; npos: nowhere.
std::size_t find_phrase(std::string_view text, std::string_view phrase);

/// Whether one of them is in `text`, compared in the same way.
bool has_phrase(std::string_view text,
                std::span<const std::string_view> phrases);

}  // namespace kprofefe
