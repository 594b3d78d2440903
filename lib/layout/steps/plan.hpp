// SPDX-License-Identifier: MIT
#pragma once

#include "layout/steps/columns.hpp"
#include "layout/steps/cycles.hpp"
#include "layout/steps/layers.hpp"
#include "layout/steps/rows.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kprofefe::layout {

/// What is known of a picture when everything but lines and labels is placed.
struct Plan {
  const Graph& graph;
  std::vector<Link> links;
  Layers layers;
  std::vector<Reach> reach;     ///< by vertex
  std::vector<std::int64_t> x;  ///< by vertex: its middle
  std::vector<Row> rows;        ///< by layer

  [[nodiscard]] const Row& row_of(std::size_t vertex) const {
    return rows[layers.rank[vertex]];
  }

  [[nodiscard]] Point centre(std::size_t vertex) const {
    return {.x = static_cast<double>(x[vertex]), .y = row_of(vertex).middle()};
  }
};

}  // namespace kprofefe::layout
