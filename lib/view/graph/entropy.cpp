// SPDX-License-Identifier: MIT
#include "view/graph/entropy.hpp"

#include "base/arithmetic.hpp"
#include "pprof/scale.hpp"
#include "view/graph/edges.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace kprofefe::view {
namespace {

using EdgeIds = std::span<const std::uint32_t>;

double information(std::int64_t weight, std::int64_t total) {
  const double share =
      static_cast<double>(magnitude(weight)) / static_cast<double>(total);
  return -share * std::log2(share);
}

/// How much it says over which of the edges a sample came or went, or that it
/// stayed.
double entropy(const Graph& graph, EdgeIds edges, std::int64_t self) {
  std::int64_t total = self;
  for (const std::uint32_t edge : edges) {
    total =
        sum_of(total, std::max<std::int64_t>(graph.edges[edge].weight.sum, 0));
  }
  double bits = 0;
  if (total == 0) {
    return bits;
  }
  for (const std::uint32_t edge : edges) {
    bits += information(graph.edges[edge].weight.sum, total);
  }
  return self > 0 ? bits + information(self, total) : bits;
}

std::int64_t score_of(const Graph& graph, const Node& node, EdgeIds in,
                      EdgeIds out) {
  const double score = (in.empty() ? 1 : entropy(graph, in, 0)) +
                       (out.empty() ? 1 : entropy(graph, out, node.flat.sum));
  return sum_of(pprof::to_integer(score * static_cast<double>(node.cum.sum)),
                node.flat.sum);
}

}  // namespace

void sort_by_entropy(Graph& graph) {
  EdgeLists edges(graph);
  std::vector<std::int64_t> scores(graph.nodes.size(), 0);
  for (const std::uint32_t id : graph.order) {
    scores[id] = magnitude(
        score_of(graph, graph.nodes[id], edges.into(id), edges.out_of(id)));
  }
  std::ranges::sort(graph.order, [&](std::uint32_t a, std::uint32_t b) {
    if (scores[a] != scores[b]) {
      return scores[a] > scores[b];
    }
    if (const int order = graph.names[a].compare(graph.names[b]); order != 0) {
      return order < 0;
    }
    // pprof leaves the rest to chance; two runs should print the same.
    const auto flat_of = [&](std::uint32_t id) {
      return magnitude(graph.nodes[id].flat.sum);
    };
    return flat_of(a) != flat_of(b) ? flat_of(a) > flat_of(b) : a < b;
  });
}

}  // namespace kprofefe::view
