// SPDX-License-Identifier: MIT
#include "layout/steps/corridor.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>

namespace kprofefe::layout {
namespace {

/// What a way passes through at one height.
struct Gate {
  double y = 0;
  double left = 0;
  double right = 0;
};

/// Each below the one before it.
std::vector<Gate> gates_of(const Corridor& corridor, Point start, Point end) {
  std::vector<Gate> gates = {{.y = start.y, .left = start.x, .right = start.x}};
  gates.reserve(corridor.size() * 2 + 2);
  for (const Band& band : corridor) {
    for (const double y : {band.top, band.bottom}) {
      Gate& last = gates.back();
      if (y == last.y && gates.size() > 1) {
        last.left = std::max(last.left, band.left);
        last.right = std::min(last.right, band.right);
      } else if (y > last.y && y < end.y) {
        gates.push_back({.y = y, .left = band.left, .right = band.right});
      }
    }
  }
  gates.push_back({.y = end.y, .left = end.x, .right = end.x});
  return gates;
}

/// The next bend after one at the gate `from`, and the gate that it is at.
std::size_t next_bend(const std::vector<Gate>& gates, std::size_t from,
                      Point& point) {
  const Point apex = point;
  double left = -std::numeric_limits<double>::infinity();
  double right = std::numeric_limits<double>::infinity();
  std::size_t left_gate = from;
  std::size_t right_gate = from;
  for (std::size_t i = from + 1; i < gates.size(); ++i) {
    const Gate& gate = gates[i];
    const double down = gate.y - apex.y;
    const double to_left = (gate.left - apex.x) / down;
    const double to_right = (gate.right - apex.x) / down;
    if (to_left > right) {
      point = {.x = gates[right_gate].right, .y = gates[right_gate].y};
      return right_gate;
    }
    if (to_right < left) {
      point = {.x = gates[left_gate].left, .y = gates[left_gate].y};
      return left_gate;
    }
    if (to_left > left) {
      left = to_left;
      left_gate = i;
    }
    if (to_right < right) {
      right = to_right;
      right_gate = i;
    }
  }
  point = {.x = gates.back().left, .y = gates.back().y};
  return gates.size() - 1;
}

}  // namespace

std::vector<Point> shortest_way(const Corridor& corridor, Point start,
                                Point end) {
  const std::vector<Gate> gates = gates_of(corridor, start, end);
  std::vector<Point> way = {start};
  Point point = start;
  for (std::size_t gate = 0; gate + 1 < gates.size();) {
    gate = next_bend(gates, gate, point);
    way.push_back(point);
  }
  return way;
}

bool holds(const Corridor& corridor, Point from, Point to) {
  constexpr double k_tolerance = 0.01;
  const double down = to.y - from.y;
  const auto is_in = [&](const Band& band, double y) {
    const double share = down > 0 ? (y - from.y) / down : 1;
    const double x = from.x + (to.x - from.x) * share;
    return x >= band.left - k_tolerance && x <= band.right + k_tolerance;
  };
  auto band = std::ranges::lower_bound(corridor, from.y, {}, &Band::bottom);
  for (; band != corridor.end() && band->top <= to.y; ++band) {
    if (!is_in(*band, std::max(band->top, from.y)) ||
        !is_in(*band, std::min(band->bottom, to.y))) {
      return false;
    }
  }
  return true;
}

}  // namespace kprofefe::layout
