// SPDX-License-Identifier: MIT
#include "pprof/legacy/numbers.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <limits>
#include <system_error>

namespace kprofefe::pprof::legacy {
namespace {

constexpr std::string_view k_hex_digits = "0123456789abcdef";

/// A number's digits, and what they are of.
struct Digits {
  std::uint64_t base = 10;
  std::string_view text;
  /// Whether a `_` may come first.
  bool has_prefix = false;
};

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

Digits digits_of(std::string_view text) {
  if (!text.starts_with('0')) {
    return {.text = text};
  }
  const std::string_view digits = text.substr(text.size() >= 3 ? 2 : 1);
  switch (text.size() >= 3 ? lower(text[1]) : '0') {
    case 'x':
      return {.base = 16, .text = digits, .has_prefix = true};
    case 'o':
      return {.base = 8, .text = digits, .has_prefix = true};
    case 'b':
      return {.base = 2, .text = digits, .has_prefix = true};
    default:
      return {.base = 8, .text = text.substr(1), .has_prefix = true};
  }
}

/// Whether each `_` stands between two digits.
bool has_good_underscores(const Digits& digits) {
  bool after_digit = digits.has_prefix;
  for (const char c : digits.text) {
    if (c == '_' && !after_digit) {
      return false;
    }
    after_digit = c != '_';
  }
  return !digits.text.ends_with('_');
}

std::optional<std::uint64_t> value_of(const Digits& digits) {
  std::uint64_t value = 0;
  for (const char c : digits.text) {
    if (c == '_') {
      continue;
    }
    const std::size_t digit = k_hex_digits.find(lower(c));
    if (digit >= digits.base ||
        __builtin_mul_overflow(value, digits.base, &value) ||
        __builtin_add_overflow(value, digit, &value)) {
      return std::nullopt;
    }
  }
  return value;
}

}  // namespace

std::optional<std::int64_t> parse_literal(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) {
    text.remove_prefix(1);
  }
  const Digits digits = digits_of(text);
  if (text.empty() || !has_good_underscores(digits)) {
    return std::nullopt;
  }
  const std::optional<std::uint64_t> value = value_of(digits);
  constexpr std::uint64_t k_most = std::numeric_limits<std::int64_t>::max();
  if (!value || *value > k_most + (is_negative ? 1 : 0)) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(is_negative ? 0 - *value : *value);
}

std::optional<std::uint64_t> parse_hex(std::string_view text) {
  std::uint64_t value = 0;
  const auto [rest, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, 16);
  return error == std::errc() && rest == text.data() + text.size()
             ? std::optional(value)
             : std::nullopt;
}

Parsed<void> add_addresses(std::string_view text,
                           std::vector<std::uint64_t>& addresses) {
  constexpr std::string_view k_prefix = "0x";
  for (auto at = text.find(k_prefix); at != std::string_view::npos;
       at = text.find(k_prefix)) {
    text.remove_prefix(at + k_prefix.size());
    const std::string_view digits = text.substr(
        0, std::min(text.find_first_not_of(k_hex_digits), text.size()));
    text.remove_prefix(digits.size());
    if (digits.empty()) {
      continue;
    }
    const std::optional<std::uint64_t> address = parse_hex(digits);
    if (!address) {
      constexpr std::size_t k_max_shown = 40;
      return damaged(fmt::format("the address 0x{} has more than 64 bits",
                                 one_line(digits, k_max_shown)));
    }
    addresses.push_back(*address);
  }
  return {};
}

}  // namespace kprofefe::pprof::legacy
