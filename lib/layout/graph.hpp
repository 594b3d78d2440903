// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

namespace kprofefe::layout {

/// The number of a box, edge, vertex, ...
using Index = std::uint32_t;

inline constexpr Index k_none = ~Index{0};

struct Size {
  double width = 0;
  double height = 0;
};

/// To the right and down.
struct Point {
  double x = 0;
  double y = 0;

  friend bool operator==(const Point&, const Point&) = default;
};

struct Edge {
  Index from = 0;
  Index to = 0;
  std::int64_t weight = 1;  ///< the higher, the shorter and straighter; from 1
  int min_length = 1;       ///< in layers; from 1
  Size label;               ///< of no width: none
};

/// Any directed graph: circles, loops, several edges between two boxes.
struct Graph {
  std::vector<Size> boxes;
  std::vector<Edge> edges;
};

/// Cubic Bezier curves, one after the other: where the first begins, then three
/// points for each.
using Curve = std::vector<Point>;

/// Where all of a graph goes. Nothing is left of or above 0.
struct Picture {
  std::vector<Point> centres;       ///< of the boxes
  std::vector<Curve> curves;        ///< of the edges, border to border
  std::vector<Point> label_places;  ///< the middles of the edges' labels
  Size size;
};

}  // namespace kprofefe::layout
