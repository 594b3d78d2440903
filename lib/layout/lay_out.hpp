// SPDX-License-Identifier: MIT
#pragma once

#include "layout/graph.hpp"

namespace kprofefe::layout {

/// Layers from top to bottom, as Graphviz's `dot` makes them: callers above
/// callees, few crossings, heavy edges short and straight. No two boxes overlap
/// and no line but a loop's touches a box between its ends. The same graph
/// gives the same picture. The work is bounded: large graphs are laid out less
/// well, and of very many long edges the lightest go straight, whatever is
/// there.
Picture lay_out(const Graph& graph);

}  // namespace kprofefe::layout
