// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/profile.hpp"
#include "view/weight.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace kprofefe::view {

/// What a node stands for; what the granularity does not tell is 0 or k_none.
struct NodeInfo {
  pprof::StringId name = 0;
  pprof::StringId file = 0;
  /// The program or library: only of nodes without a name, and in list().
  pprof::StringId object = 0;
  std::uint64_t address = 0;
  std::int64_t start_line = 0;  ///< where there is an object
  std::int64_t line = 0;
  std::int64_t column = 0;

  bool operator==(const NodeInfo&) const = default;
};

struct Node {
  NodeInfo info;
  Weight flat;
  Weight cum;
};

/// A call from one node to another.
struct Edge {
  std::uint32_t caller = 0;
  std::uint32_t callee = 0;
  Weight weight;
  bool is_residual = false;  ///< over nodes that are not in the graph
  bool is_inlined = false;   ///< wherever it happens
};

/// The samples of a profile added up by node, in the order of a report.
struct Graph {
  /// All that there are, by number; the report's are those in `order`.
  std::vector<Node> nodes;
  /// Of every node in `order` or at an edge; else empty.
  std::vector<std::string> names;
  std::vector<std::uint32_t> order;
  std::vector<Edge> edges;
  std::size_t dropped_nodes = 0;   ///< below node_fraction
  std::size_t original_nodes = 0;  ///< that were left then
};

}  // namespace kprofefe::view
