// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kprofefe {

/// One character and how many bytes of its text it took.
struct Character {
  char32_t code = 0;
  std::size_t bytes = 0;
  bool valid = true;
};

/// The first character of `text`, which must not be empty. A byte that begins
/// no valid UTF-8 (overlong forms and surrogates are none) is one byte long
/// and not valid; so is a character cut off at the end.
Character first_character(std::string_view text);

/// Stands for what is no character.
inline constexpr char32_t k_replacement_character = 0xfffd;

/// Appends a character, which must be one: no surrogate, at most 0x10ffff.
void append_utf8(std::string& text, char32_t code);

/// Whether a terminal would obey `code` rather than show it: control
/// characters of both sets, and those that turn the direction of text.
bool is_control(char32_t code);

/// `text` with control characters, and bytes that are no UTF-8, replaced by
/// `?`: what a stranger sent cannot move the cursor or spoil JSON.
std::string printable(std::string_view text);

}  // namespace kprofefe
