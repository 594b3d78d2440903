// SPDX-License-Identifier: MIT
#pragma once

#include "view/graph/graph.hpp"
#include "view/graph/nodes.hpp"
#include "view/prepare.hpp"

#include <cstdint>
#include <vector>

namespace kprofefe::view {

/// A graph with a node for each path from a root: each has one caller at most,
/// whose number is smaller than its own.
struct CallTree {
  Graph graph;  ///< with edges, without names; `order` is by number
  /// By node: who called it, or pprof::k_none; trimming does not change it.
  std::vector<std::uint32_t> callers;
  /// By sample: where its path ends; pprof::k_none of what does not count.
  std::vector<std::uint32_t> leaves;
};

CallTree call_tree(const Prepared& prepared, const LocationNodes& locations);

/// Takes nodes out of a tree: those whom they called are called by whoever
/// called them (residual calls), or become roots.
void remove_from_tree(Graph& graph, const std::vector<bool>& is_removed);

}  // namespace kprofefe::view
