// SPDX-License-Identifier: MIT
#include "collect/pprof_path.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace kprofefe::collect {
namespace {

constexpr std::string_view k_shape =
    "the path must start with / and be ASCII without ?, #, \\ or spaces";
constexpr std::string_view k_dots =
    "the path must not contain . or .. segments";
constexpr std::string_view k_encoding =
    "% must precede two hex digits and not encode /, \\, % or a control "
    "character";

bool is_visible(char c) {
  return c > ' ' && c <= '~';
}

bool is_allowed(char c) {
  return is_visible(c) && c != '?' && c != '#' && c != '\\';
}

/// The character behind the two digits at the front of `text`, if it may be
/// written so.
std::optional<char> decode(std::string_view text) {
  text = text.substr(0, 2);
  unsigned char code = 0;
  constexpr int k_hex = 16;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), code, k_hex);
  const bool read =
      text.size() == 2 && error == std::errc() && end == text.end();
  const char c = static_cast<char>(code);
  const bool odd =
      code < ' ' || code == 0x7f || c == '/' || c == '\\' || c == '%';
  return read && !odd ? std::optional(c) : std::nullopt;
}

/// One segment decoded; nothing when it is encoded in a way we refuse.
std::optional<std::string> decode_segment(std::string_view segment) {
  std::string decoded;
  for (std::size_t i = 0; i < segment.size(); ++i) {
    if (segment[i] != '%') {
      decoded += segment[i];
      continue;
    }
    const std::optional<char> c = decode(segment.substr(i + 1));
    if (!c) {
      return std::nullopt;
    }
    decoded += *c;
    i += 2;
  }
  return decoded;
}

}  // namespace

std::optional<std::string_view> why_no_pprof_path(std::string_view path) {
  if (!path.starts_with('/') || !std::ranges::all_of(path, is_allowed)) {
    return k_shape;
  }
  for (const std::string_view segment : split(path, '/')) {
    const std::optional<std::string> decoded = decode_segment(segment);
    if (!decoded) {
      return k_encoding;
    }
    // Some proxies take what follows `;` for a parameter of the segment.
    const std::string name = decoded->substr(0, decoded->find(';'));
    if (name == "." || name == "..") {
      return k_dots;
    }
  }
  return std::nullopt;
}

}  // namespace kprofefe::collect
