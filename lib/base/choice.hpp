// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace kprofefe {

/// Which of `choices`, pairs of a name and a value, has the name. Errors:
/// usage, with all of the names.
template <typename Choices>
auto parse_choice(std::string_view name, const Choices& choices)
    -> Result<decltype(choices.front().second)> {
  std::string names;
  for (const auto& [known, value] : choices) {
    if (known == name) {
      return value;
    }
    names += (names.empty() ? "" : ", ") + std::string(known);
  }
  return fail(ErrorKind::usage,
              fmt::format("unknown value \"{}\": use one of {}", name, names));
}

}  // namespace kprofefe
