// SPDX-License-Identifier: MIT
#pragma once

#include "view/graph/graph.hpp"
#include "view/graph/tags.hpp"
#include "view/prepare.hpp"

#include <cstddef>
#include <vector>

namespace kprofefe::view {

/// A graph to draw.
struct VisualGraph {
  Graph graph;                    ///< the nodes that tell most first
  std::vector<NodeTags> tags;     ///< by node
  std::size_t dropped_edges = 0;  ///< below edge_fraction
};

/// Trimmed as the options say, so that the nodes that are left tell most; as a
/// tree, if they want call_tree (newTrimmedGraph of pprof).
VisualGraph visual_graph(const Prepared& prepared);

}  // namespace kprofefe::view
