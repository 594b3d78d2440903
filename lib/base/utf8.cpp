// SPDX-License-Identifier: MIT
#include "base/utf8.hpp"

#include <algorithm>
#include <array>

namespace kprofefe {
namespace {

/// What a first byte says: how long the character is, the first code that
/// needs that length (less is overlong), and the bits of the byte that count.
struct Lead {
  std::size_t bytes;
  char32_t least;
  unsigned bits;
};

Lead lead_of(unsigned char byte) {
  if (byte < 0x80) {
    return {1, 0, 0x7f};
  }
  if (byte >= 0xc0 && byte < 0xe0) {
    return {2, 0x80, 0x1f};
  }
  if (byte >= 0xe0 && byte < 0xf0) {
    return {3, 0x800, 0x0f};
  }
  if (byte >= 0xf0 && byte < 0xf8) {
    return {4, 0x10000, 0x07};
  }
  return {0, 0, 0};
}

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xc0U) == 0x80;
}

}  // namespace

Character first_character(std::string_view text) {
  constexpr Character k_invalid = {k_replacement_character, 1, false};
  const auto first = static_cast<unsigned char>(text.front());
  const Lead lead = lead_of(first);
  if (lead.bytes == 0 || lead.bytes > text.size()) {
    return k_invalid;
  }
  char32_t code = first & lead.bits;
  for (const char next : text.substr(1, lead.bytes - 1)) {
    if (!is_continuation(next)) {
      return k_invalid;
    }
    code = code << 6 | (static_cast<unsigned char>(next) & 0x3fU);
  }
  const bool surrogate = code >= 0xd800 && code < 0xe000;
  if (code < lead.least || surrogate || code > 0x10ffff) {
    return k_invalid;
  }
  return {code, lead.bytes, true};
}

void append_utf8(std::string& text, char32_t code) {
  const auto append = [&text](char32_t byte) {
    text += static_cast<char>(static_cast<unsigned char>(byte));
  };
  const auto continuation = [code](unsigned shift) {
    return 0x80U | ((code >> shift) & 0x3fU);
  };
  if (code < 0x80) {
    append(code);
  } else if (code < 0x800) {
    append(0xc0U | (code >> 6U));
    append(continuation(0));
  } else if (code < 0x10000) {
    append(0xe0U | (code >> 12U));
    append(continuation(6));
    append(continuation(0));
  } else {
    append(0xf0U | (code >> 18U));
    append(continuation(12));
    append(continuation(6));
    append(continuation(0));
  }
}

bool is_control(char32_t code) {
  const bool turns_direction =
      code == 0x061c || (code >= 0x200e && code <= 0x200f) ||
      (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
  return code < 0x20 || (code >= 0x7f && code < 0xa0) || turns_direction ||
         code == 0x2028 || code == 0x2029;
}

std::string printable(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    const Character next = first_character(text);
    const bool shows = next.valid && !is_control(next.code);
    shown += shows ? text.substr(0, next.bytes) : "?";
    text.remove_prefix(next.bytes);
  }
  return shown;
}

}  // namespace kprofefe
