// SPDX-License-Identifier: MIT
#include "base/free_text.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace kprofefe {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::string joined_lines(std::string_view text, std::size_t max_bytes) {
  constexpr std::string_view k_space = " \t\r\n\v\f";
  constexpr std::size_t k_character = 4;  // of UTF-8, at most
  std::string line;
  bool in_space = false;
  for (const char c : trim(text)) {
    if (line.size() > max_bytes + k_character) {
      break;
    }
    if (k_space.contains(c)) {
      in_space = true;
      continue;
    }
    line += in_space ? " " : "";
    line += c;
    in_space = false;
  }
  return one_line(line, max_bytes);
}

std::size_t find_phrase(std::string_view text, std::string_view phrase) {
  const auto found = std::ranges::search(text, phrase, {}, lower);
  return found.empty() && !phrase.empty()
             ? std::string_view::npos
             : static_cast<std::size_t>(found.begin() - text.begin());
}

bool has_phrase(std::string_view text,
                std::span<const std::string_view> phrases) {
  return std::ranges::any_of(phrases, [text](std::string_view phrase) {
    return find_phrase(text, phrase) != std::string_view::npos;
  });
}

}  // namespace kprofefe
