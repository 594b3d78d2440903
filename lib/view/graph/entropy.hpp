// SPDX-License-Identifier: MIT
#pragma once

#include "view/graph/graph.hpp"

namespace kprofefe::view {

/// Sorts the nodes so that those come first that tell most in a picture: large
/// ones, and of these where paths part or meet (pprof's entropyScore).
void sort_by_entropy(Graph& graph);

}  // namespace kprofefe::view
