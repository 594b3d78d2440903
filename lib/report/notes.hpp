// SPDX-License-Identifier: MIT
#pragma once

#include "collect/report.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::report {

/// A line for each profile of a target that failed, was skipped or
/// interrupted: what `lines` and `name` leave out, for standard error.
std::string render_problems(const collect::TargetReport& target);
/// The same for a pod that is no target.
std::string render_problem(const collect::NotTarget& pod);
/// The same for all of a report.
std::string render_problems(const collect::Report& report);

/// What is to be said of many pods in one line each. Keeps few of the reasons
/// that differ for every pod.
class Notes {
 public:
  void add(const collect::Target& target);
  void add(const collect::TargetReport& report);

  /// `3 pods reached via proxy because port-forward: ...`: why pods were not
  /// reached by the first choice of route; then what pods' annotations probably
  /// do not mean to say, and how many pods offer nothing that was asked for.
  [[nodiscard]] std::vector<std::string> lines() const;

  /// How many pods offer nothing that was asked for.
  [[nodiscard]] std::size_t pods_without_profiles() const {
    return without_profiles_;
  }

 private:
  using Fallback = std::pair<std::string, std::string>;  // route, reason

  std::map<Fallback, std::size_t> fallbacks_;
  std::size_t more_fallbacks_ = 0;
  std::map<std::string, std::size_t, std::less<>> hints_;
  std::size_t without_profiles_ = 0;
};

/// One line to close with, for standard error: `stored 18, skipped 2, failed 1;
/// 3 pods`.
std::string render_summary(const collect::Summary& summary,
                           std::size_t targets);

}  // namespace kprofefe::report
