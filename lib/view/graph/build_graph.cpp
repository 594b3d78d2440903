// SPDX-License-Identifier: MIT
#include "view/graph/build_graph.hpp"

#include "base/arithmetic.hpp"
#include "pprof/measurement.hpp"
#include "pprof/scale.hpp"
#include "view/graph/call_tree.hpp"
#include "view/graph/collect.hpp"
#include "view/graph/edges.hpp"
#include "view/graph/nodes.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace kprofefe::view {
namespace {

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

}  // namespace

Graph collect_nodes(const Prepared& prepared, bool keep_objects) {
  return collect_values(prepared,
                        nodes_of_locations(prepared.profile, keep_objects));
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
  Graph graph = collect_values(prepared, locations);
  graph.names = std::move(names);
  return graph;
}

Graph trimmed_graph(const Prepared& prepared) {
  const Options& options = prepared.options;
  const LocationNodes locations = nodes_of_locations(prepared.profile, false);
  Graph graph = collect_values(prepared, locations);
  const std::int64_t edge_cutoff = cutoff_of(graph, options.edge_fraction);
  drop_small_nodes(graph, cutoff_of(graph, options.node_fraction));
  name_nodes(graph, prepared.profile.strings);
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
  name_nodes(graph, prepared.profile.strings);
  return graph;
}

Graph whole_graph(const Prepared& prepared) {
  const LocationNodes locations = nodes_of_locations(prepared.profile, true);
  Graph graph;
  if (prepared.options.call_tree) {
    graph = call_tree(prepared, locations).graph;
  } else {
    graph = collect_values(prepared, locations);
    graph.edges = collect_edges(prepared, locations,
                                std::vector(graph.nodes.size(), true));
  }
  name_nodes(graph, prepared.profile.strings);
  sort_nodes(graph, prepared.options.sort_by_cum);
  return graph;
}

ValueFormat choose_format(const Prepared& prepared, const Graph& graph,
                          UnitFor unit_for) {
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
  largest = unit_for == UnitFor::smallest ? smallest : largest;
  format.to = pprof::common_unit(smallest, largest, prepared.sample_unit);
  return format;
}

}  // namespace kprofefe::view
