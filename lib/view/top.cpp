// SPDX-License-Identifier: MIT
#include "view/top.hpp"

#include "view/graph/build_graph.hpp"
#include "view/text/header.hpp"

#include <utility>

namespace kprofefe::view {
namespace {

/// Where a node is called.
struct CallSites {
  bool has_inlined = false;
  bool has_others = false;
};

std::vector<CallSites> call_sites(const Graph& graph) {
  std::vector<CallSites> sites(graph.nodes.size());
  for (const Edge& edge : graph.edges) {
    (edge.is_inlined ? sites[edge.callee].has_inlined
                     : sites[edge.callee].has_others) = true;
  }
  return sites;
}

std::string_view inlined_text(const CallSites& sites) {
  if (!sites.has_inlined) {
    return "";
  }
  return sites.has_others ? "(partial-inline)" : "(inline)";
}

}  // namespace

TopReport top(const Prepared& prepared) {
  Graph graph = trimmed_graph(prepared);
  TopReport report;
  report.sample_type = prepared.sample_type;
  report.format = choose_format(prepared, graph);
  report.total = prepared.total;
  report.about = about(prepared);
  report.dropped_rows = graph.dropped_nodes;
  report.more_rows = graph.original_nodes - graph.order.size();
  const std::vector<CallSites> sites = call_sites(graph);
  report.rows.reserve(graph.order.size());
  for (const std::uint32_t id : graph.order) {
    const Node& node = graph.nodes[id];
    report.rows.push_back({.name = std::move(graph.names[id]),
                           .inlined = inlined_text(sites[id]),
                           .flat = node.flat.value(),
                           .cum = node.cum.value()});
    report.shown = sum_of(report.shown, node.flat.value());
  }
  report.header = report_header(prepared, report.format,
                                {.shown = report.shown,
                                 .nodes = graph.order.size(),
                                 .dropped_nodes = graph.dropped_nodes,
                                 .original_nodes = graph.original_nodes});
  return report;
}

}  // namespace kprofefe::view
