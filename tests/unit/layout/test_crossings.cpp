// SPDX-License-Identifier: MIT
#include "graphs.hpp"
#include "layout/steps/crossings.hpp"
#include "layout/steps/order.hpp"
#include "layout/steps/ranks.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace kprofefe::layout {
namespace {

TEST_SUITE_BEGIN("layout");

Layers layers_of(const Graph& graph) {
  const std::vector<Link> links = break_cycles(graph);
  return make_layers(graph, links, rank_boxes(graph, links));
}

/// Each pair of segments by itself.
std::int64_t count_pairs(const Layers& layers) {
  std::int64_t crossings = 0;
  const auto left_of = [&](Index one, Index other) {
    return layers.place[one] < layers.place[other];
  };
  for (std::size_t i = 0; i < layers.segments.size(); ++i) {
    for (std::size_t j = 0; j < layers.segments.size(); ++j) {
      const Segment& one = layers.segments[i];
      const Segment& other = layers.segments[j];
      if (layers.rank[one.upper] == layers.rank[other.upper] &&
          left_of(one.upper, other.upper) && left_of(other.lower, one.lower)) {
        crossings +=
            crossing_weight(layers, one) * crossing_weight(layers, other);
      }
    }
  }
  return crossings;
}

TEST_CASE("crossings are counted as one would with a pencil") {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    const Layers layers = layers_of(random_graph(seed, 30, 60));
    CHECK(CrossingCounter(layers).count() == count_pairs(layers));
  }
}

TEST_CASE("an exchange saves what it says") {
  Layers layers = layers_of(random_graph(3, 40, 80));
  for (std::size_t rank = 0; rank < layers.order.size(); ++rank) {
    std::vector<Index>& layer = layers.order[rank];
    for (std::size_t i = 1; i < layer.size(); ++i) {
      CAPTURE(rank);
      CAPTURE(i);
      Exchange exchange(layers);
      exchange.enter(layer);
      const std::int64_t gain = exchange.gain(i - 1, i);
      const std::int64_t before = CrossingCounter(layers).count();
      std::swap(layer[i - 1], layer[i]);
      note_places(layers);
      CHECK(before - CrossingCounter(layers).count() == gain);
    }
  }
}

TEST_CASE("a tree is ordered without crossings") {
  Graph graph = boxes(40);
  for (Index box = 1; box < 40; ++box) {
    connect(graph, (box * 7 % 40 % box) / 2, box);
  }
  Layers layers = layers_of(graph);
  order_layers(layers);
  CHECK(CrossingCounter(layers).count() == 0);
}

TEST_CASE("ordering loses nothing, and what is not connected is not mixed") {
  Graph graph = random_graph(5, 30, 45);
  const Graph other = random_graph(6, 30, 45);
  graph.boxes.insert(graph.boxes.end(), other.boxes.begin(), other.boxes.end());
  for (Edge edge : other.edges) {
    edge.from += 30;
    edge.to += 30;
    graph.edges.push_back(edge);
  }
  Layers layers = layers_of(graph);
  const std::vector<std::vector<Index>> before = layers.order;
  order_layers(layers);
  const auto part_of = [&](Index vertex) {
    return (layers.is_bend(vertex) ? graph.edges[layers.link[vertex]].from
                                   : vertex) < 30;
  };
  for (std::size_t rank = 0; rank < before.size(); ++rank) {
    std::vector<Index> layer = layers.order[rank];
    int changes = 0;
    for (std::size_t i = 1; i < layer.size(); ++i) {
      changes += part_of(layer[i - 1]) != part_of(layer[i]) ? 1 : 0;
    }
    CHECK(changes <= 1);
    std::ranges::sort(layer);
    CHECK(layer == before[rank]);
  }
}

}  // namespace
}  // namespace kprofefe::layout
