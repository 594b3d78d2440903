// SPDX-License-Identifier: MIT
#pragma once

#include "layout/graph.hpp"
#include "layout/steps/cycles.hpp"

#include <vector>

namespace kprofefe::layout {

/// In which layer each box goes, from 0: heavy links are short.
std::vector<Index> rank_boxes(const Graph& graph,
                              const std::vector<Link>& links);

}  // namespace kprofefe::layout
