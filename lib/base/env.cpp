// SPDX-License-Identifier: MIT
#include "base/env.hpp"

#include <unistd.h>

#include <string_view>

namespace kprofefe {

Env Env::of_process() {
  Env env;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    std::string_view text = *entry;
    const auto equals = text.find('=');
    if (equals != std::string_view::npos) {
      env.variables.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
  }
  return env;
}

std::optional<std::string> Env::get(std::string_view name) const {
  const auto found = variables.find(name);
  if (found == variables.end() || found->second.empty()) {
    return std::nullopt;
  }
  return found->second;
}

}  // namespace kprofefe
