// SPDX-License-Identifier: MIT
#include "view/picture/arrow.hpp"

#include <cmath>
#include <span>
#include <utility>

namespace kprofefe::view {
namespace {

using layout::Curve;
using layout::Point;

constexpr double k_head = 7;
constexpr double k_head_by_width = 1.4;
/// Half of the width of a head, of its length.
constexpr double k_slenderness = 0.42;
/// Lines end a bit within their heads, so that there is no gap.
constexpr double k_within = 1;

double distance(Point a, Point b) {
  return std::hypot(b.x - a.x, b.y - a.y);
}

Point mix(Point a, Point b, double share) {
  return {.x = a.x + (b.x - a.x) * share, .y = a.y + (b.y - a.y) * share};
}

/// The part of the last cubic curve up to `share` of it.
Curve cut(const Curve& curve, double share) {
  Curve result = curve;
  const std::span<Point> p = std::span(result).last(4);
  const Point a = mix(p[0], p[1], share);
  const Point b = mix(p[1], p[2], share);
  const Point c = mix(p[2], p[3], share);
  const Point ab = mix(a, b, share);
  const Point bc = mix(b, c, share);
  p[1] = a;
  p[2] = ab;
  p[3] = mix(ab, bc, share);
  return result;
}

/// The curve up to where it is so far from its end. Of one that is shorter, a
/// small part.
Curve shorten(Curve curve, double by) {
  const Point end = curve.back();
  while (curve.size() > 4 && distance(curve[curve.size() - 4], end) < by) {
    curve.resize(curve.size() - 3);
  }
  if (distance(curve.back(), end) > by) {
    return curve;
  }
  double low = 0;
  double high = 1;
  for (int i = 0; i < 24; ++i) {
    const double middle = (low + high) / 2;
    const Curve part = cut(curve, middle);
    (distance(part.back(), end) > by ? low : high) = middle;
  }
  return cut(curve, high);
}

}  // namespace

Arrow make_arrow(const Curve& curve, double width) {
  const double length = k_head + k_head_by_width * width;
  const Point end = curve.back();
  Curve line = shorten(curve, length - k_within);
  const Point from = line.back();
  const double whole = distance(from, end);
  const Point way = whole > 0 ? Point{.x = (end.x - from.x) / whole,
                                      .y = (end.y - from.y) / whole}
                              : Point{.x = 0, .y = 1};
  const Point back = {.x = end.x - way.x * length, .y = end.y - way.y * length};
  const double half = length * k_slenderness;
  return {.line = std::move(line),
          .head = {end,
                   {.x = back.x - way.y * half, .y = back.y + way.x * half},
                   {.x = back.x + way.y * half, .y = back.y - way.x * half}}};
}

}  // namespace kprofefe::view
