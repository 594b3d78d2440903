// SPDX-License-Identifier: MIT
#pragma once

#include "view/graph/graph.hpp"

namespace kprofefe::view {

/// Drops residual edges between nodes that are also connected by another path,
/// the lightest first; none that is heavier than a call of the same node.
void drop_redundant_edges(Graph& graph);

}  // namespace kprofefe::view
