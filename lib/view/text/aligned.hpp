// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kprofefe::view {

/// `text` with blanks before it until it has `width` characters.
std::string pad_left(std::string_view text, std::size_t width);

/// Text whose lines have cells that end with tabs, with these filled up from
/// the left: a cell is as wide as the widest of its column in the lines around
/// it that have that column too, and one blank more. What follows the last tab
/// of a line is no cell. As Go's text/tabwriter with AlignRight and padding 1.
std::string align_right(std::string_view text);

}  // namespace kprofefe::view
