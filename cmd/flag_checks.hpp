// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace kprofefe::cmd {

/// For CLI::Option::check(): a variable that is not set in a script must not
/// look like a flag that was not given.
inline std::string refuse_empty(const std::string& value) {
  return value.empty() ? "the value is empty" : "";
}

}  // namespace kprofefe::cmd
