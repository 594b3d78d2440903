// SPDX-License-Identifier: MIT
#include "layout/steps/curve.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

namespace kprofefe::layout {
namespace {

/// How long the handles of a curve are, of the distance of its ends.
constexpr std::array k_handles = {0.38, 0.28, 0.18, 0.1};
/// No handle reaches farther than this past the next bend: a line that begins
/// flat would make a wide bow.
constexpr double k_past_bend = 1.3;
constexpr int k_samples = 24;
/// A curve around more is not tried: it would seldom fit.
constexpr std::size_t k_most_bends = 12;

double distance(Point a, Point b) {
  return std::hypot(b.x - a.x, b.y - a.y);
}

Point direction(Point from, Point to) {
  const double length = distance(from, to);
  return length == 0 ? Point{.x = 0, .y = 1}
                     : Point{.x = (to.x - from.x) / length,
                             .y = (to.y - from.y) / length};
}

Point moved(Point from, Point way, double by) {
  return {.x = from.x + way.x * by, .y = from.y + way.y * by};
}

Point mix(Point a, Point b, double share) {
  return moved(a, {.x = b.x - a.x, .y = b.y - a.y}, share);
}

/// A part of the way: from one of its points to another.
struct Part {
  std::size_t first = 0;
  std::size_t last = 0;
};

class Smoother {
 public:
  Smoother(const std::vector<Point>& way, const Corridor& corridor)
      : way_(way), corridor_(corridor) {}

  Curve smooth() {
    curve_.push_back(way_.front());
    std::vector<Part> parts = {{.first = 0, .last = way_.size() - 1}};
    while (!parts.empty()) {
      const Part part = parts.back();
      parts.pop_back();
      if (!add(part)) {
        const std::size_t middle = farthest(part);
        parts.push_back({.first = middle, .last = part.last});
        parts.push_back({.first = part.first, .last = middle});
      }
    }
    return std::move(curve_);
  }

 private:
  /// Where a smooth line goes at a point of the way.
  [[nodiscard]] Point heading(std::size_t at) const {
    if (at == 0) {
      return direction(way_[0], way_[1]);
    }
    if (at + 1 == way_.size()) {
      return direction(way_[at - 1], way_[at]);
    }
    const Point before = direction(way_[at - 1], way_[at]);
    const Point after = direction(way_[at], way_[at + 1]);
    return direction({}, {.x = before.x + after.x, .y = before.y + after.y});
  }

  /// One curve for that part; false: it would leave the corridor.
  bool add(Part part) {
    const Point from = way_[part.first];
    const Point to = way_[part.last];
    if (part.last - part.first > k_most_bends) {
      return false;
    }
    const double length = distance(from, to);
    const double most_first =
        k_past_bend * distance(from, way_[part.first + 1]);
    const double most_last = k_past_bend * distance(way_[part.last - 1], to);
    for (const double handle : k_handles) {
      const std::array<Point, 4> curve = {
          from,
          moved(from, heading(part.first),
                std::min(handle * length, most_first)),
          moved(to, heading(part.last), -std::min(handle * length, most_last)),
          to};
      if (fits(curve)) {
        curve_.insert(curve_.end(), curve.begin() + 1, curve.end());
        return true;
      }
    }
    if (part.last != part.first + 1) {
      return false;
    }
    curve_.insert(curve_.end(),
                  {mix(from, to, 1.0 / 3), mix(from, to, 2.0 / 3), to});
    return true;
  }

  [[nodiscard]] bool fits(const std::array<Point, 4>& curve) const {
    Point before = curve.front();
    for (int i = 1; i <= k_samples; ++i) {
      const Point point = point_on(curve, double{1} * i / k_samples);
      if (point.y < before.y || !holds(corridor_, before, point)) {
        return false;
      }
      before = point;
    }
    return true;
  }

  /// The point between the ends of a part that is farthest from the straight
  /// line between them.
  [[nodiscard]] std::size_t farthest(Part part) const {
    const Point from = way_[part.first];
    const Point along = direction(from, way_[part.last]);
    std::size_t best = part.first + 1;
    double most = -1;
    for (std::size_t i = part.first + 1; i < part.last; ++i) {
      const double aside = std::abs((way_[i].x - from.x) * along.y -
                                    (way_[i].y - from.y) * along.x);
      if (aside > most) {
        most = aside;
        best = i;
      }
    }
    return best;
  }

  const std::vector<Point>& way_;
  const Corridor& corridor_;
  Curve curve_;
};

}  // namespace

Point point_on(std::span<const Point, 4> curve, double share) {
  const Point a = mix(curve[0], curve[1], share);
  const Point b = mix(curve[1], curve[2], share);
  const Point c = mix(curve[2], curve[3], share);
  return mix(mix(a, b, share), mix(b, c, share), share);
}

Curve smooth(const std::vector<Point>& way, const Corridor& corridor) {
  return Smoother(way, corridor).smooth();
}

}  // namespace kprofefe::layout
