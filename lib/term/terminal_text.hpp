// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kprofefe::term {

/// Whether our own sequences (colours, k_clear_line) reach
/// the terminal. A text of strangers has none, whatever it looks like.
enum class OwnSequences : std::uint8_t { refused, kept };

/// Makes a text that comes in pieces fit for a terminal: line ends and tabs
/// stay, a line end of two characters becomes one, and what a terminal would
/// obey rather than show (see is_control()), or is no UTF-8, becomes `?`.
class TerminalText {
 public:
  /// What of `piece`, and of what was waiting for it, can be shown.
  std::string take(std::string_view piece, OwnSequences own);

  /// What still waits for its second half, as it can be shown without.
  std::string finish();

 private:
  std::string waiting_;  ///< the begin of a character, or `\r`
};

}  // namespace kprofefe::term
