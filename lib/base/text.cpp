// SPDX-License-Identifier: MIT
#include "base/text.hpp"

#include "base/utf8.hpp"

#include <algorithm>

namespace kprofefe {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Printable, and at most `max_bytes` of it.
std::string cut(std::string_view text, std::size_t max_bytes) {
  std::size_t end = 0;
  while (end < text.size()) {
    const std::size_t bytes = first_character(text.substr(end)).bytes;
    if (end + bytes > max_bytes) {
      return printable(text.substr(0, end)) + "…";
    }
    end += bytes;
  }
  return printable(text);
}

}  // namespace

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) {
      return parts;
    }
    text.remove_prefix(end + 1);
  }
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view k_space = " \t\r\n\v\f";
  const auto begin = text.find_first_not_of(k_space);
  if (begin == std::string_view::npos) {
    return {};
  }
  return text.substr(begin, text.find_last_not_of(k_space) - begin + 1);
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

std::string printable_lines(std::string_view text) {
  std::string lines;
  for (const std::string_view line : split(text, '\n')) {
    lines += (lines.empty() ? "" : "\n") + printable(line);
  }
  return lines;
}

std::string quoted(std::string_view text, std::size_t max_bytes) {
  return '"' + cut(text, max_bytes) + '"';
}

std::string one_line(std::string_view text, std::size_t max_bytes) {
  text = trim(text);
  return cut(trim(text.substr(0, text.find('\n'))), max_bytes);
}

}  // namespace kprofefe
