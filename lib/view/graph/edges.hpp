// SPDX-License-Identifier: MIT
#pragma once

#include "view/graph/graph.hpp"
#include "view/graph/nodes.hpp"
#include "view/prepare.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace kprofefe::view {

/// The calls between the nodes that are kept (`is_kept[node]`): over those
/// that are not, residual ones. Recursion counts once per sample; a call of a
/// node by itself is none. `is_wanted`, unless it is empty: only calls by or of
/// such nodes, of which a large profile has few compared with all.
std::vector<Edge> collect_edges(const Prepared& prepared,
                                const LocationNodes& locations,
                                const std::vector<bool>& is_kept,
                                const std::vector<bool>& is_wanted = {});

/// Drops calls of the graph's nodes that weigh less than the cutoff, and says
/// how many.
std::size_t drop_small_edges(Graph& graph, std::int64_t cutoff);

/// Edges by node, heaviest first, then by the names at their ends: sorted when
/// they are asked for, because `peek` asks for few of very many. The graph must
/// outlive it.
class EdgeLists {
 public:
  explicit EdgeLists(const Graph& graph);

  /// Indices into Graph::edges.
  [[nodiscard]] std::span<const std::uint32_t> into(std::uint32_t node) {
    return in_.sorted(graph_, node);
  }

  [[nodiscard]] std::span<const std::uint32_t> out_of(std::uint32_t node) {
    return out_.sorted(graph_, node);
  }

 private:
  /// Edges by the node at one of their ends.
  class Groups {
   public:
    Groups(const Graph& graph, std::uint32_t Edge::* end);
    std::span<const std::uint32_t> sorted(const Graph& graph,
                                          std::uint32_t node);

   private:
    std::vector<std::uint32_t> begins_;  // by node, one more at the end
    std::vector<std::uint32_t> ids_;
    std::vector<bool> is_sorted_;  // by node
  };

  const Graph& graph_;
  Groups in_;
  Groups out_;
};

}  // namespace kprofefe::view
