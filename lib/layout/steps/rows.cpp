// SPDX-License-Identifier: MIT
#include "layout/steps/rows.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdlib>

namespace kprofefe::layout {
namespace {

constexpr double k_between = 34;
/// What a line that goes this far to the side as one unit down gets no flatter.
constexpr double k_flattest = 14;
constexpr double k_most_for_flat = 120;

}  // namespace

std::vector<Row> place_rows(const Graph& graph, const Layers& layers,
                            const std::vector<std::int64_t>& x) {
  std::vector<double> height(layers.order.size());
  std::vector<double> gap(layers.order.size(), k_between);
  for (std::size_t box = 0; box < layers.boxes; ++box) {
    double& row = height[layers.rank[box]];
    row = std::max(row, graph.boxes[box].height);
  }
  double label = 0;
  for (const Edge& edge : graph.edges) {
    label = std::max(label, edge.label.height);
  }
  for (const Segment& segment : layers.segments) {
    const auto aside =
        static_cast<double>(std::abs(x[segment.upper] - x[segment.lower]));
    double& room = gap[layers.rank[segment.upper]];
    room = std::max(room, std::min(aside / k_flattest, k_most_for_flat));
  }
  std::vector<Row> rows;
  rows.reserve(height.size());
  double top = 0;
  for (std::size_t i = 0; i < height.size(); ++i) {
    rows.push_back({.top = top, .bottom = top + height[i]});
    top += height[i] + gap[i] + label;
  }
  return rows;
}

}  // namespace kprofefe::layout
