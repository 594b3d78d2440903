// SPDX-License-Identifier: MIT
#pragma once

#include "view/graph.hpp"
#include "view/nodes.hpp"

#include <cstdint>
#include <vector>

namespace kprofefe::view {

/// The calls between the nodes that are kept (`is_kept[node]`): over those
/// that are not, residual ones. Recursion counts once per sample; a call of a
/// node by itself is none.
std::vector<Edge> collect_edges(const Prepared& prepared,
                                const LocationNodes& locations,
                                const std::vector<bool>& is_kept);

/// Drops calls of the graph's nodes that weigh less than the cutoff.
void drop_small_edges(Graph& graph, std::int64_t cutoff);

}  // namespace kprofefe::view
