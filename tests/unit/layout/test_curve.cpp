// SPDX-License-Identifier: MIT
#include "layout/steps/curve.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <span>
#include <vector>

namespace kprofefe::layout {
namespace {

TEST_SUITE_BEGIN("layout");

std::vector<Point> points_on(const Curve& curve) {
  std::vector<Point> points;
  for (std::size_t at = 0; at + 3 < curve.size(); at += 3) {
    for (int i = 0; i <= 40; ++i) {
      points.push_back(
          point_on(std::span(curve).subspan(at).first<4>(), i / 40.0));
    }
  }
  return points;
}

TEST_CASE("a line without bends is one straight curve") {
  const Curve curve = smooth({{.x = 0, .y = 0}, {.x = 40, .y = 80}}, {});
  REQUIRE(curve.size() == 4);
  for (const Point& point : points_on(curve)) {
    CHECK(point.y == doctest::Approx(point.x * 2));
  }
}

TEST_CASE("a line with bends is smooth and stays in its corridor") {
  const Corridor corridor = {
      {.top = 40, .bottom = 60, .left = 40, .right = 90},
      {.top = 100, .bottom = 120, .left = -90, .right = -40},
      {.top = 160, .bottom = 180, .left = 10, .right = 14}};
  const Point start = {.x = 0, .y = 0};
  const Point end = {.x = 30, .y = 220};

  const Curve curve = smooth(shortest_way(corridor, start, end), corridor);

  CHECK(curve.front() == start);
  CHECK(curve.back() == end);
  double y = 0;
  for (const Point& point : points_on(curve)) {
    CHECK(point.y >= y - 0.1);
    y = point.y;
    for (const Band& band : corridor) {
      const bool is_beside =
          point.y > band.top + 1 && point.y < band.bottom - 1;
      CHECK((!is_beside ||
             (point.x > band.left - 0.5 && point.x < band.right + 0.5)));
    }
  }
}

}  // namespace
}  // namespace kprofefe::layout
