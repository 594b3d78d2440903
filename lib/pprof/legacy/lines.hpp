// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/legacy/parsed.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace kprofefe::pprof::legacy {

/// The lines of a text as Go's bufio.Scanner, by which pprof reads them, hands
/// them out: without "\n" or "\r\n", none for an empty end, and nothing from a
/// line of 64 KiB on.
class Lines {
 public:
  /// `text` must outlive the lines.
  explicit Lines(std::string_view text) : rest_(text) {}

  /// Goes to the next line; false at the end, and at a line that is too long.
  bool next();

  /// Empty before the first line and after the last.
  [[nodiscard]] std::string_view line() const { return line_; }

  /// Refusals: damaged, when a line was too long.
  [[nodiscard]] Parsed<void> check() const;

  /// `line 12: ` and `what`, for a message about line().
  [[nodiscard]] std::string at_line(std::string_view what) const;

  /// The same with line() itself: `line 12: WHAT: "LINE"`.
  [[nodiscard]] std::string complain(std::string_view what) const;

 private:
  std::string_view rest_;
  std::string_view line_;
  std::size_t number_ = 0;
  bool is_too_long_ = false;
};

/// What all readers of texts pass over.
bool is_blank_or_comment(std::string_view line);

}  // namespace kprofefe::pprof::legacy
