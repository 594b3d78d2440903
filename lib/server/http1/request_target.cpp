// SPDX-License-Identifier: MIT
#include "server/http1/request_target.hpp"

#include "base/text.hpp"
#include "base/utf8.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <system_error>
#include <utility>
#include <vector>

namespace kprofefe::server {
namespace {

std::optional<char> hex_byte(std::string_view digits) {
  std::uint8_t value = 0;
  const auto [rest, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  const bool is_hex = digits.size() == 2 && error == std::errc() &&
                      rest == digits.data() + digits.size();
  return is_hex ? std::optional(static_cast<char>(value)) : std::nullopt;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const Character character = first_character(text);
    if (!character.valid) {
      return false;
    }
    text.remove_prefix(character.bytes);
  }
  return true;
}

/// Every %XX as the byte it stands for.
std::optional<std::string> decode(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    const std::optional<char> byte = hex_byte(text.substr(i + 1, 2));
    if (!byte) {
      return std::nullopt;
    }
    decoded += *byte;
    i += 2;
  }
  return is_utf8(decoded) ? std::optional(std::move(decoded)) : std::nullopt;
}

/// As browsers send forms: `+` is a blank.
std::optional<std::string> decode_form(std::string_view text) {
  std::string blanks(text);
  std::ranges::replace(blanks, '+', ' ');
  return decode(blanks);
}

bool is_clean_path(std::string_view path) {
  const bool has_bad_byte = std::ranges::any_of(path, [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\';
  });
  if (has_bad_byte || !path.starts_with('/')) {
    return false;
  }
  const std::vector<std::string_view> segments = split(path.substr(1), '/');
  return std::ranges::none_of(segments, [&](const std::string_view& segment) {
    return segment == "." || segment == ".." ||
           (segment.empty() && &segment != &segments.back());
  });
}

std::optional<Parameters> parse_query(std::string_view text) {
  Parameters parameters;
  for (const std::string_view part : split(text, '&')) {
    if (part.empty()) {
      continue;
    }
    const std::size_t equals = part.find('=');
    std::optional<std::string> name = decode_form(part.substr(0, equals));
    std::optional<std::string> value = decode_form(
        equals == std::string_view::npos ? "" : part.substr(equals + 1));
    if (!name || !value) {
      return std::nullopt;
    }
    parameters.emplace_back(std::move(*name), std::move(*value));
  }
  return parameters;
}

}  // namespace

std::optional<RequestTarget> parse_request_target(std::string_view text) {
  const std::size_t mark = text.find('?');
  std::optional<std::string> path = decode(text.substr(0, mark));
  const std::string_view query =
      mark == std::string_view::npos ? "" : text.substr(mark + 1);
  std::optional<Parameters> parameters = parse_query(query);
  if (!path || !is_clean_path(*path) || !parameters || query.contains('#')) {
    return std::nullopt;
  }
  return RequestTarget{.path = std::move(*path),
                       .raw_query = std::string(query),
                       .query = std::move(*parameters)};
}

}  // namespace kprofefe::server
