// SPDX-License-Identifier: MIT
#include "report/groups.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kprofefe::report {

using collect::Outcome;
using collect::Row;

bool RowGroup::takes(const Row& row) const {
  const Row& first = *rows.front();
  return row.outcome != Outcome::stored && first.outcome == row.outcome &&
         first.reason == row.reason && first.locations.empty() &&
         row.locations.empty();
}

std::string RowGroup::kinds() const {
  std::string names;
  for (const Row* row : rows) {
    names += (names.empty() ? "" : ",");
    names += pprof::kind_name(row->kind);
  }
  return names;
}

std::size_t RowGroup::bytes() const {
  std::size_t sum = 0;
  for (const Row* row : rows) {
    sum += row->bytes;
  }
  return sum;
}

std::vector<RowGroup> group_rows(const collect::TargetReport& target) {
  std::vector<RowGroup> groups;
  for (const Row& row : target.rows) {
    const auto same = std::ranges::find_if(
        groups, [&](const RowGroup& group) { return group.takes(row); });
    if (same != groups.end()) {
      same->rows.push_back(&row);
    } else {
      groups.push_back({{&row}});
    }
  }
  return groups;
}

std::string namespace_of(const collect::NotTarget& pod) {
  return pod.ns.empty() ? "-" : pod.ns;
}

std::string count_pods(std::size_t count) {
  return fmt::format("{} {}", count, count == 1 ? "pod" : "pods");
}

}  // namespace kprofefe::report
