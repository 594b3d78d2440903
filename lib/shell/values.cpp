// SPDX-License-Identifier: MIT
#include "shell/values.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace kprofefe::shell {

std::optional<bool> parse_switch(std::string_view text) {
  constexpr auto k_yes =
      std::to_array<std::string_view>({"", "true", "t", "yes", "y", "1"});
  constexpr auto k_no =
      std::to_array<std::string_view>({"false", "f", "no", "n", "0"});
  const auto is = [text](std::string_view word) {
    return equals_ignoring_case(word, text);
  };
  if (std::ranges::any_of(k_yes, is)) {
    return true;
  }
  return std::ranges::any_of(k_no, is) ? std::optional(false) : std::nullopt;
}

std::vector<std::string> split_list(std::string_view list) {
  std::vector<std::string> parts;
  for (const std::string_view part : split(list, ':')) {
    if (!part.empty()) {
      parts.emplace_back(part);
    }
  }
  return parts;
}

}  // namespace kprofefe::shell
