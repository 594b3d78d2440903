// SPDX-License-Identifier: MIT
#include "view/text/text_box.hpp"

#include "base/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace kprofefe::view {
namespace {

/// In characters; a generic function's name may have hundreds.
constexpr std::size_t k_longest_line = 64;

/// Thousandths of the font's size that Helvetica's characters take, from the
/// space on: its AFM file has them, and Arial has the same.
constexpr std::array<std::uint16_t, 95> k_widths = {
    278, 278, 355, 556, 556,  889, 667, 191, 333, 333, 389, 584, 278, 333,
    278, 278, 556, 556, 556,  556, 556, 556, 556, 556, 556, 556, 278, 278,
    584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
    500, 667, 556, 833, 722,  778, 667, 778, 722, 667, 611, 722, 667, 944,
    667, 667, 611, 278, 278,  278, 469, 556, 333, 556, 556, 500, 556, 556,
    278, 556, 556, 222, 222,  500, 222, 833, 556, 556, 556, 556, 333, 500,
    278, 556, 500, 722, 500,  500, 500, 334, 260, 334, 584};
constexpr double k_other_letter = 0.75;
/// Chinese, emoji and what else may be as wide as it is high.
constexpr char32_t k_first_wide = 0x1100;
constexpr double k_wide = 1.1;
/// Fonts that take the place of Helvetica are up to so much wider.
constexpr double k_reserve = 1.17;

double width_of(char32_t code) {
  if (code >= ' ' && code < ' ' + k_widths.size()) {
    return k_widths[code - ' '] / 1000.0;
  }
  return code < k_first_wide || code == U'…' ? k_other_letter : k_wide;
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  while (!text.empty()) {
    text.remove_prefix(first_character(text).bytes);
    ++count;
  }
  return count;
}

/// The first `count` characters.
std::string_view head(std::string_view text, std::size_t count) {
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < count; ++i) {
    bytes += first_character(text.substr(bytes)).bytes;
  }
  return text.substr(0, bytes);
}

std::string shortened(const std::string& line) {
  const std::size_t count = count_characters(line);
  if (count <= k_longest_line) {
    return line;
  }
  const std::size_t half = (k_longest_line - 1) / 2;
  const std::size_t cut = head(line, count - half).size();
  return std::string(head(line, half)) + "…" + line.substr(cut);
}

}  // namespace

double text_width(std::string_view text, double size) {
  double width = 0;
  while (!text.empty()) {
    const Character next = first_character(text);
    width += width_of(next.valid ? next.code : k_replacement_character);
    text.remove_prefix(next.bytes);
  }
  return width * size * k_reserve;
}

TextBox make_text_box(const std::vector<std::string>& lines, double size) {
  TextBox box = {.size = size};
  box.lines.reserve(lines.size());
  for (const std::string& line : lines) {
    box.lines.push_back(shortened(line));
    box.width = std::max(box.width, text_width(box.lines.back(), size));
  }
  box.height = static_cast<double>(lines.size()) * box.line_height();
  return box;
}

}  // namespace kprofefe::view
