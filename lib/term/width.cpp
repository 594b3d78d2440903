// SPDX-License-Identifier: MIT
#include "term/width.hpp"

#include "base/utf8.hpp"

#include <algorithm>
#include <array>

namespace kprofefe::term {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// The blocks of Unicode whose characters have no width of their own, and those
// that are wide (East Asian Width W and F), coarsely: a table whose columns
// are off by one in a rare script is no harm, a table of 500 ranges is.
constexpr std::array k_combining = {
    Range{0x0300, 0x036f}, Range{0x0483, 0x0489},   Range{0x0591, 0x05bd},
    Range{0x0610, 0x061a}, Range{0x064b, 0x065f},   Range{0x1ab0, 0x1aff},
    Range{0x1dc0, 0x1dff}, Range{0x200b, 0x200d},   Range{0x2060, 0x2064},
    Range{0x20d0, 0x20ff}, Range{0xfe00, 0xfe0f},   Range{0xfe20, 0xfe2f},
    Range{0xfeff, 0xfeff}, Range{0xe0100, 0xe01ef},
};
constexpr std::array k_wide = {
    Range{0x1100, 0x115f},   Range{0x2e80, 0x303e},   Range{0x3041, 0x33ff},
    Range{0x3400, 0x4dbf},   Range{0x4e00, 0x9fff},   Range{0xa000, 0xa4cf},
    Range{0xa960, 0xa97f},   Range{0xac00, 0xd7a3},   Range{0xf900, 0xfaff},
    Range{0xfe30, 0xfe6f},   Range{0xff00, 0xff60},   Range{0xffe0, 0xffe6},
    Range{0x1f300, 0x1f64f}, Range{0x1f680, 0x1f6ff}, Range{0x1f900, 0x1f9ff},
    Range{0x20000, 0x3fffd},
};

template <std::size_t Size>
bool is_in(const std::array<Range, Size>& ranges, char32_t code) {
  return std::ranges::any_of(ranges, [code](const Range& range) {
    return range.first <= code && code <= range.last;
  });
}

std::size_t width_of(char32_t code) {
  // Most of what is ever printed.
  if (code < k_combining.front().first) {
    return 1;
  }
  if (is_in(k_combining, code)) {
    return 0;
  }
  return is_in(k_wide, code) ? 2 : 1;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const Character next = first_character(text);
    width += width_of(next.code);
    text.remove_prefix(next.bytes);
  }
  return width;
}

}  // namespace kprofefe::term
