// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/profile.hpp"
#include "pprof/regex.hpp"

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace kprofefe::pprof {

/// Whether frames match a regular expression, each name looked at once.
class NameMatcher {
 public:
  /// `profile` must outlive the matcher, and its functions, mappings and
  /// strings stay as they are.
  NameMatcher(const Profile& profile, Regex regex)
      : profile_(profile),
        regex_(std::move(regex)),
        known_(profile.strings.size(), Answer::unknown) {}

  /// The name or the file of the line's function.
  [[nodiscard]] bool matches(const Line& line) {
    if (line.function == k_none) {
      return false;
    }
    const Function& function = profile_.functions[line.function];
    return matches(function.name) || matches(function.file);
  }

  /// The file of the location's mapping.
  [[nodiscard]] bool matches_mapping(const Location& location) {
    return location.mapping != k_none &&
           matches(profile_.mappings[location.mapping].file);
  }

  /// Any of its lines, or its mapping.
  [[nodiscard]] bool matches(const Location& location) {
    for (const Line& line : profile_.lines_of(location)) {
      if (matches(line)) {
        return true;
      }
    }
    return matches_mapping(location);
  }

  [[nodiscard]] bool matches(StringId id) {
    if (known_[id] == Answer::unknown) {
      known_[id] =
          regex_.matches(profile_.strings.at(id)) ? Answer::yes : Answer::no;
    }
    return known_[id] == Answer::yes;
  }

 private:
  enum class Answer : std::uint8_t { unknown, no, yes };

  const Profile& profile_;
  Regex regex_;
  std::vector<Answer> known_;
};

}  // namespace kprofefe::pprof
