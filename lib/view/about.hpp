// SPDX-License-Identifier: MIT
#pragma once

#include "view/prepare.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace kprofefe::view {

/// What a report is of, beside its values, for programs.
struct About {
  std::int64_t time_nanos = 0;      ///< since 1970; 0: not known
  std::int64_t duration_nanos = 0;  ///< of all profiles together
  std::vector<std::string> comments;
  /// `namespace/pod` of the samples that the filters leave, by their labels;
  /// sorted.
  std::vector<std::string> pods;
  std::vector<std::string> filters;  ///< `focus=main`
};

About about(const Prepared& prepared);

/// The same for people: the program, what was measured, when and for how long,
/// a line each.
std::vector<std::string> describe(const Prepared& prepared);

}  // namespace kprofefe::view
