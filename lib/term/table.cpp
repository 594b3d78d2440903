// SPDX-License-Identifier: MIT
#include "term/table.hpp"

#include "base/utf8.hpp"
#include "term/width.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace kprofefe::term {
namespace {

// Less than this of the last column tells nothing: then the terminal wraps.
constexpr std::size_t k_least_last_column = 16;
constexpr std::string_view k_gap = "  ";

void append_cell(std::string& line, std::string_view cell, std::size_t width,
                 Align align) {
  const std::string shown = cut_to_width(cell, width);
  const std::string padding(width - display_width(shown), ' ');
  line += align == Align::right ? padding + shown : shown + padding;
}

}  // namespace

Table::Table(std::vector<std::string> header, std::vector<Align> alignment)
    : alignment_(std::move(alignment)) {
  alignment_.resize(header.size(), Align::left);
  lines_.push_back({std::move(header), Colour::none});
}

void Table::add(std::vector<std::string> cells, Colour colour) {
  cells.resize(lines_.front().cells.size());
  for (std::string& cell : cells) {
    cell = printable(cell);
  }
  lines_.push_back({std::move(cells), colour});
}

std::vector<std::size_t> Table::widths(std::size_t max_columns) const {
  std::vector<std::size_t> widths(lines_.front().cells.size());
  std::size_t all = 0;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    for (const Line& line : lines_) {
      widths[i] = std::max(widths[i], display_width(line.cells[i]));
    }
    all += widths[i] + (i == 0 ? 0 : k_gap.size());
  }
  const std::size_t excess =
      max_columns > 0 && all > max_columns ? all - max_columns : 0;
  if (excess > 0 && widths.back() >= excess + k_least_last_column) {
    widths.back() -= excess;
  }
  return widths;
}

std::string Table::render(std::size_t max_columns, Style style) const {
  const std::vector<std::size_t> wide = widths(max_columns);
  std::string text;
  for (const Line& line : lines_) {
    std::string row;
    for (std::size_t i = 0; i < wide.size(); ++i) {
      row += i == 0 ? "" : k_gap;
      append_cell(row, line.cells[i], wide[i], alignment_[i]);
    }
    row.erase(row.find_last_not_of(' ') + 1);
    text += style.paint(line.colour, row) + "\n";
  }
  return text;
}

}  // namespace kprofefe::term
