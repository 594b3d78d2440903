// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/string_table.hpp"
#include "view/graph/graph.hpp"
#include "view/graph/nodes.hpp"
#include "view/prepare.hpp"

#include <cstdint>
#include <vector>

namespace kprofefe::view {

/// The nodes of the locations with what they are worth, without edges and
/// names; `order` is of those with a value, as choose_order() leaves it.
Graph collect_values(const Prepared& prepared, const LocationNodes& locations);

/// Puts into `order` all nodes that have a value, by number; none that the
/// options call negative.
void choose_order(Graph& graph, const Options& options);

/// That part of all that the nodes in `order` are worth.
std::int64_t cutoff_of(const Graph& graph, double fraction);

/// Takes nodes below the cutoff out of `order`, and counts them.
void drop_small_nodes(Graph& graph, std::int64_t cutoff);

/// Names those that have none yet, in `order` and at edges.
void name_nodes(Graph& graph, const pprof::StringTable& strings);

/// Whether a node is in `order`, by number.
std::vector<bool> nodes_in(const Graph& graph);

}  // namespace kprofefe::view
