// SPDX-License-Identifier: MIT
#pragma once

#include "layout/graph.hpp"
#include "layout/steps/corridor.hpp"

#include <span>
#include <vector>

namespace kprofefe::layout {

/// A point of a cubic Bezier curve of four points; `share` is from 0 to 1.
Point point_on(std::span<const Point, 4> curve, double share);

/// A smooth line along a way of two or more points that goes down, as few
/// curves as stay in the corridor.
Curve smooth(const std::vector<Point>& way, const Corridor& corridor);

}  // namespace kprofefe::layout
