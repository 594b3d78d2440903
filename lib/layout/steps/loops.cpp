// SPDX-License-Identifier: MIT
#include "layout/steps/loops.hpp"

namespace kprofefe::layout {
namespace {

constexpr double k_bow = 20;
constexpr double k_beside_label = 3;

}  // namespace

double loop_width(const Edge& edge) {
  return k_bow + 2 * k_beside_label + edge.label.width;
}

std::vector<double> loop_offsets(const Graph& graph) {
  std::vector<double> used(graph.boxes.size());
  std::vector<double> offsets(graph.edges.size());
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    const Edge& edge = graph.edges[i];
    if (edge.from == edge.to) {
      offsets[i] = used[edge.from];
      used[edge.from] += loop_width(edge);
    }
  }
  return offsets;
}

Curve loop_curve(Point centre, Size box, double offset) {
  const double right = centre.x + box.width / 2;
  // A curve goes three quarters of the way to its handles.
  const double handle = right + (offset + k_bow) * 4 / 3;
  const double up = box.height / 4;
  return {{.x = right, .y = centre.y - up},
          {.x = handle, .y = centre.y - up},
          {.x = handle, .y = centre.y + up},
          {.x = right, .y = centre.y + up}};
}

Point loop_label(Point centre, Size box, double offset, Size label) {
  return {.x = centre.x + box.width / 2 + offset + k_bow + k_beside_label +
               label.width / 2,
          .y = centre.y};
}

}  // namespace kprofefe::layout
