// SPDX-License-Identifier: MIT
#pragma once

#include "collect/report.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace kprofefe::report {

/// Rows that say the same, of one target: a host that refuses connections
/// refuses them for every profile, and need be read once.
struct RowGroup {
  std::vector<const collect::Row*> rows;  ///< never empty

  /// Whether a row of the same target says the same.
  [[nodiscard]] bool takes(const collect::Row& row) const;
  /// `cpu,heap`.
  [[nodiscard]] std::string kinds() const;
  /// Of all bodies.
  [[nodiscard]] std::size_t bytes() const;
};

/// All rows of a target, each in one group, in the order of their first.
std::vector<RowGroup> group_rows(const collect::TargetReport& target);

/// Its namespace for people; `-` when it may be in any.
std::string namespace_of(const collect::NotTarget& pod);

/// `1 pod`, `3 pods`.
std::string count_pods(std::size_t count);

}  // namespace kprofefe::report
