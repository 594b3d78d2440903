// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace kprofefe::term {

enum class Colour : std::uint8_t { none, red, yellow, dim };

/// Back to the begin of the line, and wipes it.
inline constexpr std::string_view k_clear_line = "\r\x1b[K";

/// Every sequence that this program ever sends to a terminal.
inline constexpr std::array<std::string_view, 5> k_sequences = {
    "\x1b[31m", "\x1b[33m", "\x1b[2m", "\x1b[0m", k_clear_line};

/// Colours text with ANSI sequences, or not at all.
struct Style {
  bool enabled = false;

  /// `text`, with the colour around it when enabled.
  [[nodiscard]] std::string paint(Colour colour, std::string_view text) const;
};

}  // namespace kprofefe::term
