// SPDX-License-Identifier: MIT
#include "layout/steps/labels.hpp"

#include "layout/steps/area.hpp"
#include "layout/steps/curve.hpp"
#include "layout/steps/loops.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <span>
#include <tuple>

namespace kprofefe::layout {
namespace {

constexpr double k_beside_line = 3;
/// Where on its line a label may be, the best first.
constexpr std::array k_shares = {0.5,  0.42, 0.58, 0.34, 0.66,
                                 0.26, 0.74, 0.82, 0.18};
/// How bad it is to cover something, by its area.
constexpr double k_box = 10;
constexpr double k_label = 6;
constexpr double k_line = 1;
/// What it costs to be farther from the middle, or at the left.
constexpr double k_off_middle = 1;
constexpr double k_at_left = 4;
/// A line is noted as small areas along it, each about so long; of large graphs
/// longer, so that all lines have about as many.
constexpr double k_piece = 8;
constexpr double k_pieces_of_all = 200'000;

double length(Point from, Point to) {
  return std::hypot(to.x - from.x, to.y - from.y);
}

/// How long the pieces of lines are.
double step_along(const std::vector<Curve>& curves) {
  double all = 0;
  for (const Curve& curve : curves) {
    all += length(curve.front(), curve.back());
  }
  return std::max(k_piece, all / k_pieces_of_all);
}

/// Points of a line, from its start to its end, about as far from each other.
std::vector<Point> walk(const Curve& curve, double step) {
  const std::size_t parts = curve.size() / 3;
  std::vector<Point> points = {curve.front()};
  points.reserve(parts * 4);
  for (std::size_t part = 0; part < parts; ++part) {
    const auto piece = std::span(curve).subspan(part * 3).first<4>();
    const auto each = static_cast<std::size_t>(
        std::max(std::ceil(length(piece[0], piece[3]) / step), 2.0));
    for (std::size_t i = 1; i <= each; ++i) {
      points.push_back(
          point_on(piece, static_cast<double>(i) / static_cast<double>(each)));
    }
  }
  return points;
}

/// The lengths of a walk up to each of its points.
std::vector<double> lengths_of(const std::vector<Point>& points) {
  std::vector<double> lengths = {0};
  lengths.reserve(points.size());
  for (std::size_t i = 1; i < points.size(); ++i) {
    lengths.push_back(lengths.back() + length(points[i - 1], points[i]));
  }
  return lengths;
}

class Labels {
 public:
  Labels(const Plan& plan, const std::vector<Curve>& curves)
      : plan_(plan), loops_(loop_offsets(plan.graph)) {
    for (std::size_t box = 0; box < plan.graph.boxes.size(); ++box) {
      taken_.add(area_around(plan.centre(box), plan.graph.boxes[box]), k_box,
                 k_none);
    }
    walks_.reserve(curves.size());
    const double step = step_along(curves);
    for (const Curve& curve : curves) {
      walks_.push_back(walk(curve, step));
      // Long pieces would cover more than their lines do.
      if (step < 4 * k_piece) {
        add_line(static_cast<Index>(walks_.size() - 1));
      }
    }
  }

  std::vector<Point> place() {
    std::vector<Point> places(walks_.size());
    for (const Index edge : heavy_first()) {
      const Size label = plan_.graph.edges[edge].label;
      places[edge] = label.width > 0 ? place(edge) : walks_[edge].front();
      taken_.add(area_around(places[edge], label), k_label, k_none);
    }
    return places;
  }

 private:
  void add_line(Index edge) {
    const std::vector<Point>& points = walks_[edge];
    for (std::size_t i = 1; i < points.size(); ++i) {
      const auto [left, right] = std::minmax(points[i - 1].x, points[i].x);
      const auto [top, bottom] = std::minmax(points[i - 1].y, points[i].y);
      taken_.add(
          {.left = left - 1, .top = top, .right = right + 1, .bottom = bottom},
          k_line, edge);
    }
  }

  [[nodiscard]] std::vector<Index> heavy_first() const {
    std::vector<Index> edges;
    edges.reserve(walks_.size());
    for (Index edge = 0; edge < walks_.size(); ++edge) {
      edges.push_back(edge);
    }
    std::ranges::sort(edges, {}, [&](Index edge) {
      return std::tuple(!plan_.links[edge].is_loop(),
                        -plan_.graph.edges[edge].weight, edge);
    });
    return edges;
  }

  Point place(Index edge) {
    const Link& link = plan_.links[edge];
    const Size label = plan_.graph.edges[edge].label;
    if (link.is_loop()) {
      return loop_label(plan_.centre(link.upper), plan_.graph.boxes[link.upper],
                        loops_[edge], label);
    }
    const std::vector<double> lengths = lengths_of(walks_[edge]);
    Point best;
    double least = -1;
    for (std::size_t i = 0; i < k_shares.size(); ++i) {
      for (const bool right : {true, false}) {
        const Point place = beside(edge, lengths, k_shares[i], right);
        const double cost = taken_.covered(area_around(place, label), edge) +
                            k_off_middle * static_cast<double>(i) +
                            (right ? 0 : k_at_left);
        if (least < 0 || cost < least) {
          least = cost;
          best = place;
        }
      }
    }
    return best;
  }

  /// A place for a label at a share of its line, so that the line does not go
  /// through it.
  [[nodiscard]] Point beside(Index edge, const std::vector<double>& lengths,
                             double share, bool right) const {
    const std::vector<Point>& points = walks_[edge];
    const Size label = plan_.graph.edges[edge].label;
    const auto after =
        std::ranges::lower_bound(lengths, share * lengths.back());
    const auto index =
        static_cast<std::size_t>(std::distance(lengths.begin(), after));
    const Point at = points[index];
    double edge_of_line = at.x;
    const auto passes = [&](const Point& point) {
      edge_of_line = right ? std::max(edge_of_line, point.x)
                           : std::min(edge_of_line, point.x);
      return std::abs(point.y - at.y) <= label.height / 2;
    };
    for (std::size_t i = index; i < points.size() && passes(points[i]); ++i) {
    }
    for (std::size_t i = index; i > 0 && passes(points[i - 1]); --i) {
    }
    // A flat line would push its label far away: that may as well cover it.
    const double most = at.x + (right ? 1 : -1) * label.width / 2;
    const double line =
        right ? std::min(edge_of_line, most) : std::max(edge_of_line, most);
    return {.x = line + (right ? 1 : -1) * (label.width / 2 + k_beside_line),
            .y = at.y};
  }

  const Plan& plan_;
  std::vector<double> loops_;
  std::vector<std::vector<Point>> walks_;
  AreaIndex taken_;
};

}  // namespace

std::vector<Point> place_labels(const Plan& plan,
                                const std::vector<Curve>& curves) {
  return Labels(plan, curves).place();
}

}  // namespace kprofefe::layout
