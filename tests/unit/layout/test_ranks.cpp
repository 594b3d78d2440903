// SPDX-License-Identifier: MIT
#include "graphs.hpp"
#include "layout/steps/ranks.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace kprofefe::layout {
namespace {

TEST_SUITE_BEGIN("layout");

using Ranks = std::vector<Index>;

Ranks ranks_of(const Graph& graph) {
  return rank_boxes(graph, break_cycles(graph));
}

TEST_CASE("a chain goes down, step by step") {
  Graph graph = boxes(4);
  connect(graph, 0, 1);
  connect(graph, 1, 2);
  connect(graph, 2, 3);
  CHECK(ranks_of(graph) == Ranks{0, 1, 2, 3});
}

TEST_CASE("a heavy edge is shorter than a light one") {
  Graph graph = boxes(5);
  connect(graph, 0, 1);
  connect(graph, 1, 2);
  connect(graph, 2, 3);
  connect(graph, 0, 4, 1);
  connect(graph, 4, 3, 50);
  CHECK(ranks_of(graph) == Ranks{0, 1, 2, 3, 2});
}

TEST_CASE("an edge is as long as it must be") {
  Graph graph = boxes(2);
  connect(graph, 0, 1).edges.back().min_length = 3;
  CHECK(ranks_of(graph) == Ranks{0, 3});
}

TEST_CASE("what is not connected begins at the top") {
  Graph graph = boxes(5);
  connect(graph, 0, 1);
  connect(graph, 3, 2);
  connect(graph, 4, 4);
  CHECK(ranks_of(graph) == Ranks{0, 1, 1, 0, 0});
}

TEST_CASE("every edge leads down, and some box is at the top") {
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    const Graph graph = random_graph(seed, 60, 130);
    const std::vector<Link> links = break_cycles(graph);
    const Ranks ranks = rank_boxes(graph, links);
    CHECK(*std::ranges::min_element(ranks) == 0);
    for (std::size_t i = 0; i < links.size(); ++i) {
      const auto least = static_cast<Index>(graph.edges[i].min_length);
      CHECK((links[i].is_loop() ||
             ranks[links[i].upper] + least <= ranks[links[i].lower]));
    }
  }
}

}  // namespace
}  // namespace kprofefe::layout
