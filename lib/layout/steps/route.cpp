// SPDX-License-Identifier: MIT
#include "layout/steps/route.hpp"

#include "layout/steps/corridor.hpp"
#include "layout/steps/curve.hpp"
#include "layout/steps/loops.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

namespace kprofefe::layout {
namespace {

/// A line keeps so far away from boxes that are not its own.
constexpr double k_beside_box = 5;
/// Where a line would begin if it could be seen within its box: the nearer to
/// the border, the closer together are the ends of lines.
constexpr double k_depth = 14;
/// The part of a box's border that lines end at.
constexpr double k_used_border = 0.84;
/// Lines between the same two boxes are this far apart, if these are wide
/// enough.
constexpr double k_between_twins = 16;
/// So many neighbours are looked at for one that limits a line.
constexpr std::size_t k_most_neighbours = 6;
/// So many layers up and down, to see whether two lines cross.
constexpr int k_layers_to_look_at = 2;

/// How far a line may leave the column of its bend where nothing is beside it.
constexpr double k_at_side = 40;
constexpr double k_far = 1e9;

/// By link: how far beside the middles of its boxes a line ends, for those that
/// connect the same two.
std::vector<double> twin_offsets(const Plan& plan) {
  const auto ends = [](const Link& link) {
    return std::minmax(link.upper, link.lower);
  };
  std::map<std::pair<Index, Index>, std::size_t> counts;
  for (const Link& link : plan.links) {
    ++counts[ends(link)];
  }
  std::map<std::pair<Index, Index>, std::size_t> seen;
  std::vector<double> offsets;
  offsets.reserve(plan.links.size());
  for (const Link& link : plan.links) {
    const auto count = static_cast<double>(counts[ends(link)]);
    const auto at = static_cast<double>(seen[ends(link)]++);
    const double width = std::min(plan.graph.boxes[link.upper].width,
                                  plan.graph.boxes[link.lower].width);
    offsets.push_back((at - (count - 1) / 2) *
                      std::min(k_between_twins, width * k_used_border / count));
  }
  return offsets;
}

class Router {
 public:
  explicit Router(const Plan& plan) : plan_(plan), layers_(plan.layers) {}

  Curve route(std::size_t link, double offset) {
    const std::vector<Index> path = path_of(layers_, plan_.links, link);
    make_corridor(path, offset);
    Curve curve = smooth(border_to_border(path, offset), corridor_);
    if (plan_.links[link].is_turned) {
      std::ranges::reverse(curve);
    }
    return curve;
  }

 private:
  struct Ends {
    double start = 0;  ///< the lower border of the upper box
    double end = 0;    ///< the upper border of the lower box
  };

  [[nodiscard]] Ends ends_of(const std::vector<Index>& path) const {
    const double upper = plan_.graph.boxes[path.front()].height;
    const double lower = plan_.graph.boxes[path.back()].height;
    return {.start = plan_.centre(path.front()).y + upper / 2,
            .end = plan_.centre(path.back()).y - lower / 2};
  }

  void make_corridor(const std::vector<Index>& path, double offset) {
    corridor_.clear();
    corridor_.reserve(path.size() + 2);
    const auto [start, end] = ends_of(path);
    add_border(path.front(), start, offset);
    for (const Index vertex : path) {
      const Row& row = plan_.row_of(vertex);
      Band band = {.top = std::max(row.top, start),
                   .bottom = std::min(row.bottom, end),
                   .left = limit(vertex, false),
                   .right = limit(vertex, true)};
      if (band.top < band.bottom) {
        corridor_.push_back(band);
      }
    }
    add_border(path.back(), end, offset);
  }

  /// Where on its box a line may end.
  void add_border(Index box, double y, double offset) {
    const double half = plan_.graph.boxes[box].width / 2 * k_used_border;
    const double middle = plan_.centre(box).x + offset;
    // Twins keep apart.
    const double room = offset == 0 ? half : 0;
    corridor_.push_back(
        {.top = y, .bottom = y, .left = middle - room, .right = middle + room});
  }

  /// The shortest way, cut off at the borders of the boxes.
  [[nodiscard]] std::vector<Point> border_to_border(
      const std::vector<Index>& path, double offset) const {
    const auto [start, end] = ends_of(path);
    const double above = plan_.graph.boxes[path.front()].height / 2;
    const double below = plan_.graph.boxes[path.back()].height / 2;
    const std::vector<Point> way =
        shortest_way(corridor_,
                     {.x = plan_.centre(path.front()).x + offset,
                      .y = start - std::min(above, k_depth)},
                     {.x = plan_.centre(path.back()).x + offset,
                      .y = end + std::min(below, k_depth)});
    std::vector<Point> cut;
    cut.reserve(way.size());
    cut.push_back(at_height(way, start));
    for (const Point point : way) {
      if (point.y > start && point.y < end) {
        cut.push_back(point);
      }
    }
    cut.push_back(at_height(way, end));
    return cut;
  }

  static Point at_height(const std::vector<Point>& way, double y) {
    std::size_t i = 1;
    while (i + 1 < way.size() && way[i].y < y) {
      ++i;
    }
    const Point a = way[i - 1];
    const Point b = way[i];
    return {.x = a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y), .y = y};
  }

  /// How far to one side a line may go beside a vertex that it passes: to the
  /// next box, or half of the way to the next line that it does not cross.
  [[nodiscard]] double limit(Index vertex, bool to_right) const {
    const std::vector<Index>& layer = layers_.order[layers_.rank[vertex]];
    const double side = to_right ? 1 : -1;
    std::size_t at = layers_.place[vertex];
    for (std::size_t seen = 0;; ++seen) {
      if (to_right ? at + 1 == layer.size() : at == 0) {
        return layers_.is_bend(vertex)
                   ? plan_.centre(vertex).x + side * k_at_side
                   : side * k_far;
      }
      at += to_right ? 1 : std::size_t(0) - 1;
      const Index other = layer[at];
      if (!layers_.is_bend(other)) {
        return border(other, !to_right) - side * k_beside_box;
      }
      if (!layers_.is_bend(vertex)) {
        continue;
      }
      if (seen >= k_most_neighbours || !cross(vertex, other)) {
        return (plan_.centre(vertex).x + plan_.centre(other).x) / 2;
      }
    }
  }

  [[nodiscard]] double border(Index vertex, bool right) const {
    const Reach& reach = plan_.reach[vertex];
    return static_cast<double>(right ? plan_.x[vertex] + reach.right
                                     : plan_.x[vertex] - reach.left);
  }

  /// Whether the lines through two bends of a layer cross nearby.
  [[nodiscard]] bool cross(Index one, Index other) const {
    return cross_towards(one, other, true) || cross_towards(one, other, false);
  }

  [[nodiscard]] bool cross_towards(Index one, Index other, bool down) const {
    const bool is_left = layers_.place[one] < layers_.place[other];
    for (int i = 0; i < k_layers_to_look_at; ++i) {
      if (!layers_.is_bend(one) || !layers_.is_bend(other)) {
        return false;
      }
      one = next(one, down);
      other = next(other, down);
      if (one == other) {
        return false;
      }
      if ((layers_.place[one] < layers_.place[other]) != is_left) {
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] Index next(Index bend, bool down) const {
    return down ? layers_.segments[layers_.below[bend].front()].lower
                : layers_.segments[layers_.above[bend].front()].upper;
  }

  const Plan& plan_;
  const Layers& layers_;
  Corridor corridor_;
};

}  // namespace

std::vector<Curve> route_edges(const Plan& plan) {
  const std::vector<double> twins = twin_offsets(plan);
  const std::vector<double> loops = loop_offsets(plan.graph);
  std::vector<Curve> curves;
  curves.reserve(plan.links.size());
  Router router(plan);
  for (std::size_t i = 0; i < plan.links.size(); ++i) {
    const Index box = plan.links[i].upper;
    curves.push_back(
        plan.links[i].is_loop()
            ? loop_curve(plan.centre(box), plan.graph.boxes[box], loops[i])
            : router.route(i, twins[i]));
  }
  return curves;
}

}  // namespace kprofefe::layout
