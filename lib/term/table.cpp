// SPDX-License-Identifier: MIT
#include "term/table.hpp"

#include "base/utf8.hpp"
#include "term/width.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace kprofefe::term {
namespace {

constexpr std::string_view k_gap = "  ";

void append_cell(std::string& line, std::string_view cell, std::size_t width,
                 Align align) {
  const std::string padding(width - display_width(cell), ' ');
  line += align == Align::right ? padding : "";
  line += cell;
  line += align == Align::left ? padding : "";
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

std::vector<std::size_t> Table::widths() const {
  std::vector<std::size_t> widths(lines_.front().cells.size());
  for (std::size_t i = 0; i < widths.size(); ++i) {
    for (const Line& line : lines_) {
      widths[i] = std::max(widths[i], display_width(line.cells[i]));
    }
  }
  return widths;
}

std::string Table::render(Style style) const {
  std::string text;
  render(style, [&](std::string_view line) { text += line; });
  return text;
}

void Table::render(Style style,
                   const std::function<void(std::string_view)>& out) const {
  const std::vector<std::size_t> wide = widths();
  for (const Line& line : lines_) {
    std::string row;
    for (std::size_t i = 0; i < wide.size(); ++i) {
      row += i == 0 ? "" : k_gap;
      append_cell(row, line.cells[i], wide[i], alignment_[i]);
    }
    row.erase(row.find_last_not_of(' ') + 1);
    out(style.paint(line.colour, row) + "\n");
  }
}

}  // namespace kprofefe::term
