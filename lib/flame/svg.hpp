// SPDX-License-Identifier: MIT
#pragma once

#include "flame/tree.hpp"
#include "flame/words.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace kprofefe::flame {

/// How a tree is drawn.
struct Drawing {
  std::size_t type = 0;      ///< the sample type
  double min_width = 0.5;    ///< narrower frames are left out
  std::size_t max_rows = 0;  ///< deeper ones too; 0: all are drawn
};

/// A tree as an `<svg>` element, 1200 wide, the root on top; no style or
/// script is needed. Ends with a note how many frames were left out.
std::string draw_svg(const Tree& tree, const Drawing& drawing,
                     const Words& words, std::string_view title);

}  // namespace kprofefe::flame
