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

/// The nodes first: which calls are wanted may depend on them.
class TrimmedGraph {
 public:
  explicit TrimmedGraph(const Prepared& prepared)
      : prepared_(prepared),
        locations_(nodes_of_locations(prepared.profile, false)),
        graph_(collect_values(prepared, locations_)) {
    const Options& options = prepared.options;
    edge_cutoff_ = cutoff_of(graph_, options.edge_fraction);
    drop_small_nodes(graph_, cutoff_of(graph_, options.node_fraction));
    name_nodes(graph_, prepared.profile.strings);
    sort_nodes(graph_, options.sort_by_cum);
    is_trimmed_ = graph_.dropped_nodes > 0;
    if (const auto most = static_cast<std::size_t>(options.node_count);
        options.node_count > 0 && most < graph_.order.size()) {
      graph_.order.resize(most);
      is_trimmed_ = true;
    }
  }

  Graph with_all_calls() { return with_calls({}); }

  Graph with_calls_of(const pprof::Regex& names,
                      std::vector<std::uint32_t>& matches) {
    std::vector<bool> is_match(graph_.nodes.size(), false);
    for (const std::uint32_t id : graph_.order) {
      if (names.matches(graph_.names[id])) {
        is_match[id] = true;
        matches.push_back(id);
      }
    }
    return with_calls(is_match);
  }

 private:
  Graph with_calls(const std::vector<bool>& is_wanted) {
    // What was never trimmed keeps the calls of nodes without a value.
    graph_.edges = collect_edges(
        prepared_, locations_,
        is_trimmed_ ? nodes_in(graph_) : std::vector(graph_.nodes.size(), true),
        is_wanted);
    drop_small_edges(graph_, edge_cutoff_);
    name_nodes(graph_, prepared_.profile.strings);
    return std::move(graph_);
  }

  const Prepared& prepared_;
  LocationNodes locations_;
  Graph graph_;
  std::int64_t edge_cutoff_ = 0;
  bool is_trimmed_ = false;
};

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
  return TrimmedGraph(prepared).with_all_calls();
}

Graph trimmed_graph(const Prepared& prepared, const pprof::Regex& names,
                    std::vector<std::uint32_t>& matches) {
  return TrimmedGraph(prepared).with_calls_of(names, matches);
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
