// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kprofefe::term {

enum class Colour : std::uint8_t { none, red, yellow, dim };

/// Colours text with ANSI sequences, or not at all.
struct Style {
  bool enabled = false;

  /// `text`, with the colour around it when enabled.
  [[nodiscard]] std::string paint(Colour colour, std::string_view text) const;
};

}  // namespace kprofefe::term
