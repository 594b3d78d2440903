// SPDX-License-Identifier: MIT
#include "graphs.hpp"
#include "layout/steps/cycles.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

namespace kprofefe::layout {
namespace {

TEST_SUITE_BEGIN("layout");

/// Whether the links that are no loops can be walked from top to bottom.
bool has_order(const std::vector<Link>& links, std::size_t boxes) {
  std::vector<int> above(boxes);
  for (const Link& link : links) {
    above[link.lower] += link.is_loop() ? 0 : 1;
  }
  std::vector<Index> ready;
  for (Index box = 0; box < boxes; ++box) {
    if (above[box] == 0) {
      ready.push_back(box);
    }
  }
  for (std::size_t at = 0; at < ready.size(); ++at) {
    for (const Link& link : links) {
      if (!link.is_loop() && link.upper == ready[at] &&
          --above[link.lower] == 0) {
        ready.push_back(link.lower);
      }
    }
  }
  return ready.size() == boxes;
}

TEST_CASE("the call back to a caller is turned, and no other") {
  Graph graph = boxes(4);
  connect(graph, 3, 1);
  connect(graph, 1, 2);
  connect(graph, 2, 1);
  connect(graph, 2, 2);
  connect(graph, 3, 0);

  const std::vector<Link> links = break_cycles(graph);

  CHECK_FALSE(links[0].is_turned);
  CHECK_FALSE(links[1].is_turned);
  CHECK(links[2].is_turned);
  CHECK(links[2].upper == 1);
  CHECK(links[3].is_loop());
  CHECK_FALSE(links[4].is_turned);
}

TEST_CASE("a circle begins where most goes out") {
  Graph graph = boxes(3);
  connect(graph, 0, 1, 1);
  connect(graph, 1, 2, 10);
  connect(graph, 2, 0, 5);

  const std::vector<Link> links = break_cycles(graph);

  CHECK(links[0].is_turned);
  CHECK_FALSE(links[1].is_turned);
  CHECK_FALSE(links[2].is_turned);
}

TEST_CASE("no circle is left in any graph") {
  for (std::uint32_t seed = 1; seed <= 50; ++seed) {
    CAPTURE(seed);
    const Graph graph = random_graph(seed, 40, 160);
    const std::vector<Link> links = break_cycles(graph);
    CHECK(has_order(links, graph.boxes.size()));
    for (std::size_t i = 0; i < links.size(); ++i) {
      const Edge& edge = graph.edges[i];
      const Link& link = links[i];
      CHECK(edge.from == (link.is_turned ? link.lower : link.upper));
      CHECK(edge.to == (link.is_turned ? link.upper : link.lower));
    }
  }
}

}  // namespace
}  // namespace kprofefe::layout
