// SPDX-License-Identifier: MIT
#pragma once

#include "term/style.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::term {

enum class Align : std::uint8_t { left, right };

/// Columns as kubectl prints them: a header, padded cells, two spaces
/// between, no trailing blanks. Cells hold what strangers named, so control
/// characters are replaced by `?`.
class Table {
 public:
  /// `header` names the columns; those without an alignment are left.
  explicit Table(std::vector<std::string> header,
                 std::vector<Align> alignment = {});

  /// One row; cells beyond the header's are dropped, missing ones are empty.
  void add(std::vector<std::string> cells, Colour colour = Colour::none);

  /// The text, each line ended and none cut: the last column says why, or
  /// where, and a terminal wraps. `style` colours rows.
  [[nodiscard]] std::string render(Style style = {}) const;

  /// The same line by line, for a table that is large.
  void render(Style style,
              const std::function<void(std::string_view)>& out) const;

 private:
  struct Line {
    std::vector<std::string> cells;
    Colour colour = Colour::none;
  };

  [[nodiscard]] std::vector<std::size_t> widths() const;

  std::vector<Align> alignment_;
  std::vector<Line> lines_;  // the header first
};

}  // namespace kprofefe::term
