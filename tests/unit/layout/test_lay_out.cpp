// SPDX-License-Identifier: MIT
#include "graphs.hpp"
#include "layout/lay_out.hpp"
#include "layout/steps/area.hpp"
#include "layout/steps/curve.hpp"
#include "layout/steps/cycles.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace kprofefe::layout {
namespace {

TEST_SUITE_BEGIN("layout");

Area box_area(const Graph& graph, const Picture& picture, std::size_t box) {
  return area_around(picture.centres[box], graph.boxes[box]);
}

/// The pairs of boxes that overlap.
std::size_t overlaps(const Graph& graph, const Picture& picture) {
  std::size_t count = 0;
  for (std::size_t one = 0; one < graph.boxes.size(); ++one) {
    for (std::size_t other = 0; other < one; ++other) {
      count += overlap(box_area(graph, picture, one),
                       box_area(graph, picture, other)) > 0.001
                   ? 1
                   : 0;
    }
  }
  return count;
}

bool is_on_border(const Area& area, Point point) {
  constexpr double k_near = 0.01;
  const bool beside = std::abs(point.x - area.left) < k_near ||
                      std::abs(point.x - area.right) < k_near;
  const bool above = std::abs(point.y - area.top) < k_near ||
                     std::abs(point.y - area.bottom) < k_near;
  const bool in_x =
      point.x > area.left - k_near && point.x < area.right + k_near;
  const bool in_y =
      point.y > area.top - k_near && point.y < area.bottom + k_near;
  return (beside && in_y) || (above && in_x);
}

/// Where the line of an edge is within a box.
std::size_t points_within(const Curve& curve, const Area& area) {
  std::size_t count = 0;
  for (std::size_t at = 0; at + 3 < curve.size(); at += 3) {
    for (int i = 0; i <= 60; ++i) {
      const Point point =
          point_on(std::span(curve).subspan(at).first<4>(), i / 60.0);
      count += point.x > area.left + 0.5 && point.x < area.right - 0.5 &&
                       point.y > area.top + 0.5 && point.y < area.bottom - 0.5
                   ? 1
                   : 0;
    }
  }
  return count;
}

bool is_within(const Picture& picture, const Area& area) {
  return area.left > -0.01 && area.top > -0.01 &&
         area.right < picture.size.width + 0.01 &&
         area.bottom < picture.size.height + 0.01;
}

/// What is true of every picture.
void check(const Graph& graph, const Picture& picture) {
  REQUIRE(picture.centres.size() == graph.boxes.size());
  REQUIRE(picture.curves.size() == graph.edges.size());
  REQUIRE(picture.label_places.size() == graph.edges.size());
  CHECK(overlaps(graph, picture) == 0);
  for (std::size_t box = 0; box < graph.boxes.size(); ++box) {
    CHECK(is_within(picture, box_area(graph, picture, box)));
  }
  const std::vector<Link> links = break_cycles(graph);
  for (std::size_t i = 0; i < graph.edges.size(); ++i) {
    CAPTURE(i);
    const Edge& edge = graph.edges[i];
    const Curve& curve = picture.curves[i];
    REQUIRE(curve.size() >= 4);
    CHECK(curve.size() % 3 == 1);
    CHECK(is_on_border(box_area(graph, picture, edge.from), curve.front()));
    CHECK(is_on_border(box_area(graph, picture, edge.to), curve.back()));
    CHECK(is_within(picture, area_around(picture.label_places[i], edge.label)));
    const double down =
        picture.centres[edge.to].y - picture.centres[edge.from].y;
    CHECK((links[i].is_loop() || (links[i].is_turned ? down < 0 : down > 0)));
    for (std::size_t box = 0; box < graph.boxes.size(); ++box) {
      CHECK(points_within(curve, box_area(graph, picture, box)) == 0);
    }
  }
}

Picture checked(const Graph& graph) {
  Picture picture = lay_out(graph);
  check(graph, picture);
  return picture;
}

double length_of(const Curve& curve) {
  double sum = 0;
  for (std::size_t i = 1; i < curve.size(); ++i) {
    sum += std::hypot(curve[i].x - curve[i - 1].x, curve[i].y - curve[i - 1].y);
  }
  return sum;
}

TEST_CASE("no box, and one alone") {
  const Picture empty = checked({});
  CHECK(empty.size.width == 0);
  CHECK(empty.size.height == 0);
  const Picture one = checked(boxes(1));
  CHECK(one.size.width == 60);
  CHECK(one.size.height == 20);
}

TEST_CASE("a chain is a straight column") {
  Graph graph = boxes(30);
  for (Index i = 1; i < 30; ++i) {
    connect(graph, i - 1, i);
  }
  const Picture picture = checked(graph);
  for (const Point& centre : picture.centres) {
    CHECK(centre.x == picture.centres.front().x);
  }
}

TEST_CASE("a heavy edge is straight where a light one is not") {
  Graph graph = boxes(4);
  connect(graph, 0, 1, 1);
  connect(graph, 0, 2, 90);
  connect(graph, 0, 3, 1);
  const Picture picture = checked(graph);
  CHECK(picture.centres[0].x == picture.centres[2].x);
}

TEST_CASE("a long edge goes around the boxes between its ends") {
  Graph graph = boxes(5);
  for (Index i = 1; i < 5; ++i) {
    connect(graph, i - 1, i, 50);
  }
  connect(graph, 0, 4, 1);
  checked(graph);
}

TEST_CASE("loops have room for themselves and their labels") {
  Graph graph = boxes(3);
  connect(graph, 0, 1);
  connect(graph, 0, 2);
  connect(graph, 1, 1);
  connect(graph, 1, 1);
  connect(graph, 2, 2);
  const Picture picture = checked(graph);
  for (const std::size_t loop : {2U, 3U}) {
    const Area label =
        area_around(picture.label_places[loop], graph.edges[loop].label);
    for (std::size_t box = 0; box < 3; ++box) {
      CHECK(overlap(label, box_area(graph, picture, box)) == 0);
    }
  }
  CHECK(picture.label_places[2].x < picture.label_places[3].x);
}

TEST_CASE("each of several edges between the same boxes can be seen") {
  Graph graph = boxes(3);
  connect(graph, 0, 1);
  connect(graph, 0, 1);
  connect(graph, 1, 0);
  connect(graph, 1, 2);
  connect(graph, 2, 1);
  connect(graph, 2, 0);
  connect(graph, 0, 2);
  const Picture picture = checked(graph);
  for (std::size_t one = 0; one < graph.edges.size(); ++one) {
    for (std::size_t other = 0; other < one; ++other) {
      Curve turned = picture.curves[other];
      CHECK(picture.curves[one] != turned);
      CHECK(picture.curves[one] != Curve(turned.rbegin(), turned.rend()));
    }
  }
}

TEST_CASE("circles of all sizes") {
  for (Index size = 2; size < 12; ++size) {
    CAPTURE(size);
    Graph graph = boxes(size);
    for (Index i = 0; i < size; ++i) {
      connect(graph, i, (i + 1) % size);
    }
    checked(graph);
  }
}

TEST_CASE("what is not connected stands side by side") {
  Graph graph = boxes(6);
  connect(graph, 0, 1);
  connect(graph, 2, 3);
  connect(graph, 4, 5);
  const Picture picture = checked(graph);
  CHECK(picture.centres[0].y == picture.centres[2].y);
  CHECK(picture.centres[0].x < picture.centres[2].x);
  CHECK(picture.centres[2].x < picture.centres[4].x);
}

TEST_CASE("a star of 500") {
  Graph graph = boxes(501);
  for (Index i = 1; i <= 500; ++i) {
    connect(graph, 0, i);
  }
  checked(graph);
}

TEST_CASE("any graph is drawn whole") {
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    checked(random_graph(seed, 1 + seed % 40, seed * 2));
  }
}

TEST_CASE("the same graph is the same picture") {
  const Graph graph = random_graph(9, 60, 140);
  const Picture one = lay_out(graph);
  const Picture other = lay_out(graph);
  CHECK(one.centres == other.centres);
  CHECK(one.curves == other.curves);
  CHECK(one.label_places == other.label_places);
}

TEST_CASE("labels are beside their lines and cover no box if they can") {
  Graph graph = boxes(7);
  for (Index i = 1; i < 7; ++i) {
    connect(graph, 0, i);
  }
  const Picture picture = checked(graph);
  for (std::size_t i = 0; i < graph.edges.size(); ++i) {
    const Area label =
        area_around(picture.label_places[i], graph.edges[i].label);
    for (std::size_t box = 0; box < 7; ++box) {
      CHECK(overlap(label, box_area(graph, picture, box)) == 0);
    }
    for (std::size_t other = 0; other < i; ++other) {
      CHECK(overlap(label, area_around(picture.label_places[other],
                                       graph.edges[other].label)) == 0);
    }
  }
}

TEST_CASE("a line is not much longer than it must be") {
  const Graph graph = random_graph(4, 40, 60);
  const Picture picture = lay_out(graph);
  for (std::size_t i = 0; i < graph.edges.size(); ++i) {
    const Edge& edge = graph.edges[i];
    if (edge.from != edge.to) {
      const Point from = picture.centres[edge.from];
      const Point to = picture.centres[edge.to];
      CHECK(length_of(picture.curves[i]) <
            3 * std::hypot(to.x - from.x, to.y - from.y) + 200);
    }
  }
}

TEST_CASE("of far too many long edges each is drawn, and no boxes overlap") {
  Graph graph = boxes(400);
  for (Index i = 1; i < 400; ++i) {
    connect(graph, i - 1, i, 100);
    for (Index j = 2; j <= i; j += 11) {
      connect(graph, i - j, i);
    }
  }
  const Picture picture = lay_out(graph);
  CHECK(overlaps(graph, picture) == 0);
  for (std::size_t i = 0; i < graph.edges.size(); ++i) {
    const Edge& edge = graph.edges[i];
    const Curve& curve = picture.curves[i];
    CHECK(is_on_border(box_area(graph, picture, edge.from), curve.front()));
    CHECK(is_on_border(box_area(graph, picture, edge.to), curve.back()));
  }
}

TEST_CASE("a large graph is laid out as a small one") {
  const Graph graph = random_graph(1, 250, 1000);
  const Picture picture = lay_out(graph);
  CHECK(overlaps(graph, picture) == 0);
}

}  // namespace
}  // namespace kprofefe::layout
