// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <fmt/format.h>

#include <charconv>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace kprofefe {

/// The whole of `text` as a decimal number; nothing if it is not one, or does
/// not fit.
template <typename Number>
std::optional<Number> parse_number(std::string_view text) {
  Number number{};
  const auto [rest, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_whole = rest == text.data() + text.size();
  return error == std::errc() && is_whole ? std::optional(number)
                                          : std::nullopt;
}

/// The same of what somebody types, from `least` to `most`. Errors: usage, with
/// the range.
template <typename Number>
Result<Number> parse_number_within(std::string_view text, Number least,
                                   Number most) {
  const std::optional<Number> number = parse_number<Number>(text);
  if (number && *number >= least && *number <= most) {
    return *number;
  }
  const std::string range = most == std::numeric_limits<Number>::max()
                                ? fmt::format("{} or more", least)
                                : fmt::format("{} to {}", least, most);
  return fail(ErrorKind::usage,
              fmt::format("invalid number \"{}\": use {}", text, range));
}

}  // namespace kprofefe
