// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::view {

/// How wide `text` is in Helvetica or a font like it, at most, in units of
/// which the font has `size`. Without a font this is an estimate, on the wide
/// side.
double text_width(std::string_view text, double size);

/// Lines of a picture, one below the other.
struct TextBox {
  std::vector<std::string> lines;
  double size = 0;    ///< of the font
  double width = 0;   ///< of the widest line
  double height = 0;  ///< of all lines

  [[nodiscard]] double line_height() const { return size * 1.2; }
};

/// Lines that are longer than a picture has room for lose their middle (`…`).
TextBox make_text_box(const std::vector<std::string>& lines, double size);

}  // namespace kprofefe::view
