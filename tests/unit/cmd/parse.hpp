// SPDX-License-Identifier: MIT
#pragma once

#include <CLI/CLI.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace kprofefe::cmd {

/// Parses words as run() does. Throws what the parser throws.
inline void parse(CLI::App& app, std::vector<std::string> words) {
  std::ranges::reverse(words);
  app.parse(std::move(words));
}

/// What the parser says of words that it refuses; empty: it takes them.
inline std::string refusal(CLI::App& app, std::vector<std::string> words) {
  try {
    parse(app, std::move(words));
    return {};
  } catch (const CLI::ParseError& error) {
    return error.what();
  }
}

}  // namespace kprofefe::cmd
