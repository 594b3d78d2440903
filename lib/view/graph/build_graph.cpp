// SPDX-License-Identifier: MIT
#include "view/graph/build_graph.hpp"

#include "base/arithmetic.hpp"
#include "pprof/measurement.hpp"
#include "pprof/scale.hpp"
#include "view/graph/edges.hpp"
#include "view/graph/nodes.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

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

Graph collect(const Prepared& prepared, const LocationNodes& locations) {
  Graph graph;
  graph.nodes.reserve(locations.infos.size());
  for (const NodeInfo& info : locations.infos) {
    graph.nodes.push_back({.info = info});
  }
  add_up(prepared, locations, graph.nodes);
  for (std::uint32_t id = 0; id < graph.nodes.size(); ++id) {
    const Node& node = graph.nodes[id];
    const bool is_empty = node.flat.sum == 0 && node.cum.sum == 0;
    if (!is_empty && !(prepared.options.drop_negative && is_negative(node))) {
      graph.order.push_back(id);
    }
  }
  graph.original_nodes = graph.order.size();
  return graph;
}

/// That part of all that the nodes are worth.
std::int64_t cutoff_of(const Graph& graph, double fraction) {
  std::int64_t total = 0;
  for (const std::uint32_t id : graph.order) {
    total = sum_of(total, graph.nodes[id].flat.sum);
  }
  return magnitude(pprof::to_integer(static_cast<double>(total) * fraction));
}

void drop_small_nodes(Graph& graph, std::int64_t cutoff) {
  graph.dropped_nodes = std::erase_if(graph.order, [&](std::uint32_t id) {
    return magnitude(graph.nodes[id].cum.sum) < cutoff;
  });
  graph.original_nodes = graph.order.size();
}

void name_node(Graph& graph, std::uint32_t id,
               const pprof::StringTable& strings) {
  if (graph.names[id].empty()) {
    graph.names[id] = printable_name(graph.nodes[id].info, strings);
  }
}

void sort_nodes(Graph& graph, bool by_cum) {
  const auto size_of = [&](std::uint32_t id) {
    const Node& node = graph.nodes[id];
    return magnitude(by_cum ? node.cum.sum : node.flat.sum);
  };
  const auto second_of = [&](std::uint32_t id) {
    const Node& node = graph.nodes[id];
    return magnitude(by_cum ? node.flat.sum : node.cum.sum);
  };
  std::ranges::sort(graph.order, [&](std::uint32_t a, std::uint32_t b) {
    if (size_of(a) != size_of(b)) {
      return size_of(a) > size_of(b);
    }
    if (const int order = graph.names[a].compare(graph.names[b]); order != 0) {
      return order < 0;
    }
    // pprof leaves the rest to chance; two runs should print the same.
    return second_of(a) != second_of(b) ? second_of(a) > second_of(b) : a < b;
  });
}

std::vector<bool> nodes_in(const Graph& graph) {
  std::vector<bool> is_in(graph.nodes.size(), false);
  for (const std::uint32_t id : graph.order) {
    is_in[id] = true;
  }
  return is_in;
}

}  // namespace

Graph collect_nodes(const Prepared& prepared, bool keep_objects) {
  return collect(prepared, nodes_of_locations(prepared.profile, keep_objects));
}

Graph collect_names(const Prepared& prepared) {
  const pprof::StringTable& strings = prepared.profile.strings;
  LocationNodes locations = nodes_of_locations(prepared.profile, false);
  std::vector<std::string> names;
  std::vector<std::uint32_t> first(locations.infos.size());
  std::unordered_map<std::string, std::uint32_t> numbers;
  for (std::uint32_t id = 0; id < first.size(); ++id) {
    names.push_back(printable_name(locations.infos[id], strings));
    first[id] = numbers.try_emplace(names.back(), id).first->second;
  }
  for (std::uint32_t& id : locations.ids) {
    id = first[id];
  }
  Graph graph = collect(prepared, locations);
  graph.names = std::move(names);
  return graph;
}

Graph trimmed_graph(const Prepared& prepared) {
  const Options& options = prepared.options;
  const LocationNodes locations = nodes_of_locations(prepared.profile, false);
  Graph graph = collect(prepared, locations);
  const std::int64_t edge_cutoff = cutoff_of(graph, options.edge_fraction);
  drop_small_nodes(graph, cutoff_of(graph, options.node_fraction));
  graph.names.resize(graph.nodes.size());
  for (const std::uint32_t id : graph.order) {
    name_node(graph, id, prepared.profile.strings);
  }
  sort_nodes(graph, options.sort_by_cum);
  bool is_trimmed = graph.dropped_nodes > 0;
  if (const auto most = static_cast<std::size_t>(options.node_count);
      options.node_count > 0 && most < graph.order.size()) {
    graph.order.resize(most);
    is_trimmed = true;
  }
  // What was never trimmed keeps the calls of nodes without a value.
  graph.edges = collect_edges(
      prepared, locations,
      is_trimmed ? nodes_in(graph) : std::vector(graph.nodes.size(), true));
  drop_small_edges(graph, edge_cutoff);
  for (const Edge& edge : graph.edges) {
    name_node(graph, edge.caller, prepared.profile.strings);
    name_node(graph, edge.callee, prepared.profile.strings);
  }
  return graph;
}

ValueFormat choose_format(const Prepared& prepared, const Graph& graph) {
  ValueFormat format = prepared.format();
  if (format.to != "minimum" || graph.order.empty()) {
    return format;
  }
  std::int64_t smallest = 0;
  for (const std::uint32_t id : graph.order) {
    const Node& node = graph.nodes[id];
    std::int64_t value = magnitude(node.flat.value());
    value = value == 0 ? magnitude(node.cum.value()) : value;
    if (value > 0 && (smallest == 0 || value < smallest)) {
      smallest = value;
    }
  }
  std::int64_t largest = prepared.total;
  smallest = smallest == 0 ? largest : smallest;
  if (format.ratio > 0 && format.ratio != 1) {
    smallest = pprof::to_integer(static_cast<double>(smallest) * format.ratio);
    largest = pprof::to_integer(static_cast<double>(largest) * format.ratio);
  }
  format.to = pprof::common_unit(smallest, largest, prepared.sample_unit);
  return format;
}

}  // namespace kprofefe::view
