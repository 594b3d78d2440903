// SPDX-License-Identifier: MIT
#pragma once

#include "layout/graph.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace kprofefe::layout {

/// The numbers from 0 to `items`, by group, in their order: one array for all.
class Groups {
 public:
  Groups() = default;

  /// `group_of` says where an item belongs; k_none: nowhere.
  template <typename GroupOf>
  Groups(std::size_t groups, std::size_t items, const GroupOf& group_of)
      : ends_(groups + 1) {
    for (Index item = 0; item < items; ++item) {
      if (const Index group = group_of(item); group != k_none) {
        ++ends_[group + 1];
      }
    }
    for (std::size_t i = 1; i < ends_.size(); ++i) {
      ends_[i] += ends_[i - 1];
    }
    items_.resize(ends_.back());
    std::vector<Index> next(ends_.begin(), ends_.end() - 1);
    for (Index item = 0; item < items; ++item) {
      if (const Index group = group_of(item); group != k_none) {
        items_[next[group]++] = item;
      }
    }
  }

  [[nodiscard]] std::span<const Index> operator[](std::size_t group) const {
    return std::span(items_).subspan(ends_[group],
                                     ends_[group + 1] - ends_[group]);
  }

 private:
  std::vector<Index> ends_ = {0};
  std::vector<Index> items_;
};

}  // namespace kprofefe::layout
