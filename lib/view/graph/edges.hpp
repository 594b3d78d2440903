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
/// node by itself is none.
std::vector<Edge> collect_edges(const Prepared& prepared,
                                const LocationNodes& locations,
                                const std::vector<bool>& is_kept);

/// Drops calls of the graph's nodes that weigh less than the cutoff, and says
/// how many.
std::size_t drop_small_edges(Graph& graph, std::int64_t cutoff);

/// Edges by node, heaviest first, then by the names at their ends.
class EdgeLists {
 public:
  explicit EdgeLists(const Graph& graph);

  /// Indices into Graph::edges.
  [[nodiscard]] std::span<const std::uint32_t> into(std::uint32_t node) const;
  [[nodiscard]] std::span<const std::uint32_t> out_of(std::uint32_t node) const;

 private:
  std::vector<std::uint32_t> in_;
  std::vector<std::uint32_t> in_begin_;  // by node, one more at the end
  std::vector<std::uint32_t> out_;
  std::vector<std::uint32_t> out_begin_;
};

}  // namespace kprofefe::view
