// SPDX-License-Identifier: MIT
#pragma once

#include "base/number.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::shell {

/// As pprof's driver.stringToBool; nothing is yes.
std::optional<bool> parse_switch(std::string_view text);

/// A number that may have a `+`, as Go's strconv takes it.
template <typename Number>
std::optional<Number> parse_signed(std::string_view text) {
  const bool has_plus = text.starts_with('+') && !text.starts_with("+-");
  return parse_number<Number>(text.substr(has_plus ? 1 : 0));
}

/// What stands between `:`, but for nothing.
std::vector<std::string> split_list(std::string_view list);

}  // namespace kprofefe::shell
