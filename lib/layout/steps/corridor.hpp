// SPDX-License-Identifier: MIT
#pragma once

#include "layout/graph.hpp"

#include <vector>

namespace kprofefe::layout {

/// From `top` to `bottom` a line must stay between `left` and `right`.
struct Band {
  double top = 0;
  double bottom = 0;
  double left = 0;
  double right = 0;
};

/// Bands from top to bottom; between them a line may go anywhere.
using Corridor = std::vector<Band>;

/// The shortest way down from `start` to `end` within the corridor: its bends
/// and both ends.
std::vector<Point> shortest_way(const Corridor& corridor, Point start,
                                Point end);

/// Whether the straight line between two points, the second of which is not
/// above the first, is in the corridor.
bool holds(const Corridor& corridor, Point from, Point to);

}  // namespace kprofefe::layout
