// SPDX-License-Identifier: MIT
#pragma once

#include "layout/graph.hpp"

#include <cstdint>
#include <random>

namespace kprofefe::layout {

/// Numbers that are the same everywhere, unlike those of distributions.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : engine_(seed) {}

  /// From 0; less than `end`.
  Index below(Index end) { return static_cast<Index>(engine_() % end); }

 private:
  std::mt19937 engine_;
};

inline Graph boxes(Index count) {
  Graph graph;
  graph.boxes.assign(count, {.width = 60, .height = 20});
  return graph;
}

inline Graph& connect(Graph& graph, Index from, Index to,
                      std::int64_t weight = 1) {
  graph.edges.push_back({.from = from,
                         .to = to,
                         .weight = weight,
                         .label = {.width = 30, .height = 12}});
  return graph;
}

/// Boxes of all sizes; any two may be connected, also twice, both ways or one
/// with itself.
inline Graph random_graph(std::uint32_t seed, Index count, Index edges) {
  Dice dice(seed);
  Graph graph;
  for (Index i = 0; i < count; ++i) {
    graph.boxes.push_back(
        {.width = 10.0 + dice.below(200), .height = 10.0 + dice.below(90)});
  }
  for (Index i = 0; i < edges; ++i) {
    const Index one = dice.below(count);
    const Index other = dice.below(count);
    // Most calls lead one way.
    const bool turns = dice.below(8) != 0 && one > other;
    graph.edges.push_back(
        {.from = turns ? other : one,
         .to = turns ? one : other,
         .weight = 1 + std::int64_t{dice.below(100)},
         .min_length = 1 + (dice.below(9) == 0 ? 1 : 0),
         .label = {.width = static_cast<double>(dice.below(50)),
                   .height = 12}});
  }
  return graph;
}

}  // namespace kprofefe::layout
