// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/profile.hpp"
#include "view/prepare.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
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

/// `0000000000401000 main.main /src/main.go:12`, or as much as is known.
std::string printable_name(const NodeInfo& info,
                           const pprof::StringTable& strings);

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

/// Every node with a value, in no special order, without edges and names;
/// `keep_objects` tells functions of several programs apart.
Graph collect_nodes(const Prepared& prepared, bool keep_objects);

/// As collect_nodes() without objects, with names; what prints as the same is
/// one node, at which a sample counts once.
Graph collect_names(const Prepared& prepared);

/// The graph of a report: small nodes and calls trimmed as the options say,
/// sorted by flat (or cum), then name.
Graph trimmed_graph(const Prepared& prepared);

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

/// The unit in which the smallest node of the graph can be read, for options'
/// `minimum`; else what the options say.
ValueFormat choose_format(const Prepared& prepared, const Graph& graph);

}  // namespace kprofefe::view
