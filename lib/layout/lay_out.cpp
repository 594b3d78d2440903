// SPDX-License-Identifier: MIT
#include "layout/lay_out.hpp"

#include "layout/steps/area.hpp"
#include "layout/steps/columns.hpp"
#include "layout/steps/cycles.hpp"
#include "layout/steps/labels.hpp"
#include "layout/steps/layers.hpp"
#include "layout/steps/loops.hpp"
#include "layout/steps/order.hpp"
#include "layout/steps/plan.hpp"
#include "layout/steps/ranks.hpp"
#include "layout/steps/route.hpp"
#include "layout/steps/rows.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace kprofefe::layout {
namespace {

/// How much room each box needs right of its middle for the labels of its
/// edges: of one that has a single edge, for instance a tag, and stands in a
/// row of such.
std::vector<double> label_rooms(const Graph& graph) {
  std::vector<Index> edges(graph.boxes.size());
  for (const Edge& edge : graph.edges) {
    ++edges[edge.from];
    ++edges[edge.to];
  }
  std::vector<double> rooms(graph.boxes.size());
  for (const Edge& edge : graph.edges) {
    if (edges[edge.to] == 1) {
      rooms[edge.to] = edge.label.width;
    }
  }
  return rooms;
}

std::vector<Reach> reach_of(const Graph& graph, std::size_t vertices) {
  const std::vector<double> labels = label_rooms(graph);
  std::vector<double> loops(graph.boxes.size());
  for (const Edge& edge : graph.edges) {
    if (edge.from == edge.to) {
      loops[edge.from] += loop_width(edge);
    }
  }
  std::vector<Reach> reach(vertices);
  for (std::size_t box = 0; box < graph.boxes.size(); ++box) {
    const double half = graph.boxes[box].width / 2;
    reach[box] = {.left = std::llround(std::ceil(half)),
                  .right = std::llround(
                      std::ceil(std::max(half + loops[box], labels[box])))};
  }
  return reach;
}

void include(Area& area, const Area& other) {
  area.left = std::min(area.left, other.left);
  area.top = std::min(area.top, other.top);
  area.right = std::max(area.right, other.right);
  area.bottom = std::max(area.bottom, other.bottom);
}

/// A curve is between its points.
Area area_of(const Picture& picture, const Graph& graph) {
  constexpr double k_infinity = std::numeric_limits<double>::infinity();
  Area area = {.left = k_infinity,
               .top = k_infinity,
               .right = -k_infinity,
               .bottom = -k_infinity};
  for (std::size_t box = 0; box < graph.boxes.size(); ++box) {
    include(area, area_around(picture.centres[box], graph.boxes[box]));
  }
  for (std::size_t edge = 0; edge < graph.edges.size(); ++edge) {
    include(area,
            area_around(picture.label_places[edge], graph.edges[edge].label));
    for (const Point& point : picture.curves[edge]) {
      include(area, area_around(point, {}));
    }
  }
  return graph.boxes.empty() ? Area() : area;
}

void move_to_zero(Picture& picture, const Area& area) {
  const auto move = [&](Point& point) {
    point.x -= area.left;
    point.y -= area.top;
  };
  std::ranges::for_each(picture.centres, move);
  std::ranges::for_each(picture.label_places, move);
  for (Curve& curve : picture.curves) {
    std::ranges::for_each(curve, move);
  }
  picture.size = {.width = area.right - area.left,
                  .height = area.bottom - area.top};
}

}  // namespace

Picture lay_out(const Graph& graph) {
  Plan plan = {.graph = graph, .links = break_cycles(graph)};
  plan.layers = make_layers(graph, plan.links, rank_boxes(graph, plan.links));
  order_layers(plan.layers);
  plan.reach = reach_of(graph, plan.layers.rank.size());
  plan.x = place_columns(plan.layers, plan.reach);
  plan.rows = place_rows(graph, plan.layers, plan.x);
  Picture picture;
  picture.centres.reserve(graph.boxes.size());
  for (std::size_t box = 0; box < graph.boxes.size(); ++box) {
    picture.centres.push_back(plan.centre(box));
  }
  picture.curves = route_edges(plan);
  picture.label_places = place_labels(plan, picture.curves);
  move_to_zero(picture, area_of(picture, graph));
  return picture;
}

}  // namespace kprofefe::layout
