// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace re2 {
class RE2;
}

namespace kprofefe::pprof::legacy {

/// One of the regular expressions of ours by which a line is taken apart.
/// Every byte is a character, so that invalid UTF-8 matches as it does in Go.
class Pattern {
 public:
  explicit Pattern(std::string_view expression);
  ~Pattern();
  Pattern(const Pattern&) = delete;
  Pattern& operator=(const Pattern&) = delete;

  /// What the groups of the first match in `line` hold, empty for those that
  /// have no part in it. Nothing: no match.
  template <std::size_t Groups>
  [[nodiscard]] std::optional<std::array<std::string_view, Groups>> find(
      std::string_view line) const {
    std::array<std::string_view, Groups + 1> found{};
    if (!find_in(line, found)) {
      return std::nullopt;
    }
    std::array<std::string_view, Groups> parts{};
    for (std::size_t i = 0; i < Groups; ++i) {
      parts[i] = found[i + 1];
    }
    return parts;
  }

  /// The first match in `line`.
  [[nodiscard]] std::optional<std::string_view> find(
      std::string_view line) const;

 private:
  static constexpr std::size_t k_max_groups = 8;

  bool find_in(std::string_view line, std::span<std::string_view> found) const;

  std::unique_ptr<const re2::RE2> compiled_;
};

}  // namespace kprofefe::pprof::legacy
