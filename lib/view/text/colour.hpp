// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace kprofefe::view {

// `#b21800` for what a value is of the total: -1 is green, 0 grey, 1 red.

/// Strong, for lines.
std::string line_colour(double score);

/// Light, for what text is written on.
std::string fill_colour(double score);

}  // namespace kprofefe::view
