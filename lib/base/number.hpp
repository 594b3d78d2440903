// SPDX-License-Identifier: MIT
#pragma once

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace kprofefe {

/// The whole of `text` as a decimal number; nothing when it is none, or does
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

}  // namespace kprofefe
