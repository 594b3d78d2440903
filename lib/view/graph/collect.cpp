// SPDX-License-Identifier: MIT
#include "view/graph/collect.hpp"

#include "base/arithmetic.hpp"
#include "pprof/scale.hpp"

#include <algorithm>

namespace kprofefe::view {
namespace {

bool is_negative(const Node& node) {
  return node.flat.sum < 0 || (node.flat.sum == 0 && node.cum.sum < 0);
}

void add_up(const Prepared& prepared, const LocationNodes& locations,
            std::vector<Node>& nodes) {
  const pprof::Profile& profile = prepared.profile;
  // The sample that was last counted at a node: recursion counts once.
  std::vector<std::uint32_t> seen(nodes.size(), 0);
  const auto visit = [&](std::uint32_t id, std::uint32_t sample,
                         const Weight& weight) {
    if (seen[id] != sample) {
      seen[id] = sample;
      nodes[id].cum += weight;
    }
  };
  for (std::uint32_t at = 0; at < profile.samples.size(); ++at) {
    const Weight weight = prepared.weight_of(at);
    const auto frames = profile.frames_of(profile.samples[at]);
    if (weight.is_zero() || frames.empty()) {
      continue;
    }
    for (const std::uint32_t frame : frames) {
      for (const std::uint32_t id : locations.at(frame)) {
        visit(id, at + 1, weight);
      }
    }
    nodes[locations.at(frames.front()).front()].flat += weight;
  }
}

void name_node(Graph& graph, std::uint32_t id,
               const pprof::StringTable& strings) {
  if (graph.names[id].empty()) {
    graph.names[id] = printable_name(graph.nodes[id].info, strings);
  }
}

}  // namespace

Graph collect_values(const Prepared& prepared, const LocationNodes& locations) {
  Graph graph;
  graph.nodes.reserve(locations.infos.size());
  for (const NodeInfo& info : locations.infos) {
    graph.nodes.push_back({.info = info});
  }
  add_up(prepared, locations, graph.nodes);
  choose_order(graph, prepared.options);
  return graph;
}

void choose_order(Graph& graph, const Options& options) {
  for (std::uint32_t id = 0; id < graph.nodes.size(); ++id) {
    const Node& node = graph.nodes[id];
    const bool is_empty = node.flat.sum == 0 && node.cum.sum == 0;
    if (!is_empty && !(options.drop_negative && is_negative(node))) {
      graph.order.push_back(id);
    }
  }
  graph.original_nodes = graph.order.size();
}

std::int64_t cutoff_of(const Graph& graph, double fraction) {
  std::int64_t total = 0;
  for (const std::uint32_t id : graph.order) {
    total = sum_of(total, graph.nodes[id].flat.sum);
  }
  return magnitude(pprof::to_integer(static_cast<double>(total) * fraction));
}

void drop_small_nodes(Graph& graph, std::int64_t cutoff) {
  if (cutoff <= 0) {
    return;
  }
  graph.dropped_nodes = std::erase_if(graph.order, [&](std::uint32_t id) {
    return magnitude(graph.nodes[id].cum.sum) < cutoff;
  });
  graph.original_nodes = graph.order.size();
}

void name_nodes(Graph& graph, const pprof::StringTable& strings) {
  graph.names.resize(graph.nodes.size());
  for (const std::uint32_t id : graph.order) {
    name_node(graph, id, strings);
  }
  for (const Edge& edge : graph.edges) {
    name_node(graph, edge.caller, strings);
    name_node(graph, edge.callee, strings);
  }
}

std::vector<bool> nodes_in(const Graph& graph) {
  std::vector<bool> is_in(graph.nodes.size(), false);
  for (const std::uint32_t id : graph.order) {
    is_in[id] = true;
  }
  return is_in;
}

}  // namespace kprofefe::view
