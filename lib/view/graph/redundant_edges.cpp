// SPDX-License-Identifier: MIT
#include "view/graph/redundant_edges.hpp"

#include "view/graph/edges.hpp"

#include <cstddef>
#include <cstdint>
#include <ranges>
#include <utility>
#include <vector>

namespace kprofefe::view {
namespace {

class Pruner {
 public:
  explicit Pruner(const Graph& graph)
      : graph_(graph),
        edges_(graph),
        is_dropped_(graph.edges.size(), false),
        seen_by_(graph.nodes.size(), pprof::k_none) {}

  void prune(std::uint32_t node) {
    for (const std::uint32_t edge : std::views::reverse(edges_.into(node))) {
      // What is lighter than a call must not be missing beside it.
      if (!graph_.edges[edge].is_residual) {
        return;
      }
      is_dropped_[edge] = has_other_path(edge);
    }
  }

  [[nodiscard]] bool is_dropped(std::size_t edge) const {
    return is_dropped_[edge];
  }

 private:
  /// Walks up from the callee, level by level.
  bool has_other_path(std::uint32_t edge) {
    const std::uint32_t goal = graph_.edges[edge].caller;
    queue_.assign(1, graph_.edges[edge].callee);
    seen_by_[queue_.front()] = edge;
    for (std::size_t at = 0; at < queue_.size(); ++at) {
      for (const std::uint32_t in : edges_.into(queue_[at])) {
        const std::uint32_t caller = graph_.edges[in].caller;
        if (in == edge || is_dropped_[in] || seen_by_[caller] == edge) {
          continue;
        }
        if (caller == goal) {
          return true;
        }
        seen_by_[caller] = edge;
        queue_.push_back(caller);
      }
    }
    return false;
  }

  const Graph& graph_;
  EdgeLists edges_;
  std::vector<bool> is_dropped_;
  std::vector<std::uint32_t> seen_by_;  // by node: the last walk that did
  std::vector<std::uint32_t> queue_;
};

}  // namespace

void drop_redundant_edges(Graph& graph) {
  Pruner pruner(graph);
  for (const std::uint32_t node : std::views::reverse(graph.order)) {
    pruner.prune(node);
  }
  std::vector<Edge> kept;
  kept.reserve(graph.edges.size());
  for (std::size_t at = 0; at < graph.edges.size(); ++at) {
    if (!pruner.is_dropped(at)) {
      kept.push_back(graph.edges[at]);
    }
  }
  graph.edges = std::move(kept);
}

}  // namespace kprofefe::view
