// SPDX-License-Identifier: MIT
#include "view/text/aligned.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <vector>

namespace kprofefe::view {
namespace {

using Line = std::vector<std::string_view>;

/// Characters: every byte that does not go on with one.
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

bool has_cell(const Line& line, std::size_t column) {
  return column + 1 < line.size();
}

/// The widths of every line's cells.
std::vector<std::vector<std::size_t>> cell_widths(
    const std::vector<Line>& lines) {
  std::vector<std::vector<std::size_t>> widths(lines.size());
  for (std::size_t first = 0; first < lines.size(); ++first) {
    for (std::size_t column = widths[first].size();
         has_cell(lines[first], column); ++column) {
      std::size_t widest = 0;
      std::size_t end = first;
      for (; end < lines.size() && has_cell(lines[end], column); ++end) {
        widest = std::max(widest, characters(lines[end][column]));
      }
      for (std::size_t at = first; at < end; ++at) {
        widths[at].push_back(widest + 1);
      }
    }
  }
  return widths;
}

}  // namespace

std::string pad_left(std::string_view text, std::size_t width) {
  const std::size_t have = characters(text);
  std::string padded(have < width ? width - have : 0, ' ');
  return padded.append(text);
}

std::string align_right(std::string_view text) {
  std::vector<Line> lines;
  for (const std::string_view line : split(text, '\n')) {
    lines.push_back(split(line, '\t'));
  }
  const auto widths = cell_widths(lines);
  std::string aligned;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    aligned += at == 0 ? "" : "\n";
    for (std::size_t column = 0; has_cell(lines[at], column); ++column) {
      aligned += pad_left(lines[at][column], widths[at][column]);
    }
    aligned += lines[at].back();
  }
  return aligned;
}

}  // namespace kprofefe::view
