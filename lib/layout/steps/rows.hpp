// SPDX-License-Identifier: MIT
#pragma once

#include "layout/steps/layers.hpp"

#include <cstdint>
#include <vector>

namespace kprofefe::layout {

/// From where to where the boxes of a layer reach, their middles in the middle.
struct Row {
  double top = 0;
  double bottom = 0;

  [[nodiscard]] double middle() const { return (top + bottom) / 2; }
};

/// The rows of the layers, the first at 0. Between two there is room for the
/// labels of edges, and for lines that go far to the side.
std::vector<Row> place_rows(const Graph& graph, const Layers& layers,
                            const std::vector<std::int64_t>& x);

}  // namespace kprofefe::layout
