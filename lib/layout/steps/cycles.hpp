// SPDX-License-Identifier: MIT
#pragma once

#include "layout/graph.hpp"

#include <vector>

namespace kprofefe::layout {

/// An edge as it is laid out, its upper end first.
struct Link {
  Index upper = 0;
  Index lower = 0;
  bool is_turned = false;  ///< it leads from the lower to the upper

  [[nodiscard]] bool is_loop() const { return upper == lower; }
};

/// For each edge. Without the loops there is no circle: calls back to a caller
/// are turned.
std::vector<Link> break_cycles(const Graph& graph);

}  // namespace kprofefe::layout
