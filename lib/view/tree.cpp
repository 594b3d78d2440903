// SPDX-License-Identifier: MIT
#include "view/tree.hpp"

#include "view/graph/build_graph.hpp"
#include "view/graph/edges.hpp"
#include "view/text/header.hpp"

#include <fmt/format.h>

#include <iterator>

namespace kprofefe::view {
namespace {

TreeNode node_of(const Graph& graph, EdgeLists& edges, std::uint32_t id) {
  const Node& node = graph.nodes[id];
  TreeNode result = {.name = graph.names[id],
                     .flat = node.flat.value(),
                     .cum = node.cum.value()};
  for (const std::uint32_t at : edges.into(id)) {
    const Edge& edge = graph.edges[at];
    result.callers.push_back(
        {graph.names[edge.caller], edge.weight.sum, edge.is_inlined});
  }
  for (const std::uint32_t at : edges.out_of(id)) {
    const Edge& edge = graph.edges[at];
    result.callees.push_back(
        {graph.names[edge.callee], edge.weight.sum, edge.is_inlined});
  }
  return result;
}

TreeReport tree_of(const Prepared& prepared, const pprof::Regex* names) {
  const Graph graph = trimmed_graph(prepared);
  EdgeLists edges(graph);
  TreeReport report = {.sample_type = prepared.sample_type,
                       .format = choose_format(prepared, graph),
                       .total = prepared.total,
                       .has_nodes = !graph.order.empty()};
  std::int64_t shown = 0;
  for (const std::uint32_t id : graph.order) {
    shown = sum_of(shown, graph.nodes[id].flat.value());
    if (names == nullptr || names->matches(graph.names[id])) {
      report.nodes.push_back(node_of(graph, edges, id));
    }
  }
  report.header = report_header(prepared, report.format,
                                {.shown = shown,
                                 .nodes = graph.order.size(),
                                 .dropped_nodes = graph.dropped_nodes,
                                 .original_nodes = graph.original_nodes});
  return report;
}

void append_call(std::string& text, const TreeCall& call, std::int64_t cum,
                 const ValueFormat& format) {
  fmt::format_to(std::back_inserter(text), "{:>50} {} |   {}{}\n",
                 format(call.value), percentage(call.value, cum), call.name,
                 call.is_inlined ? " (inline)" : "");
}

}  // namespace

TreeReport tree(const Prepared& prepared) {
  return tree_of(prepared, nullptr);
}

Result<TreeReport> peek(const Prepared& prepared, const pprof::Regex& names) {
  TreeReport report = tree_of(prepared, &names);
  if (report.nodes.empty()) {
    return fail(
        ErrorKind::not_found,
        fmt::format("no matches found for regexp: {}", names.expression()));
  }
  return report;
}

std::string render_text(const TreeReport& report) {
  constexpr std::string_view k_separator =
      "----------------------------------------------------------"
      "+-------------\n";
  constexpr std::string_view k_legend =
      "      flat  flat%   sum%        cum   cum%   calls calls% + context "
      "\t \t \n";
  std::string text = fmt::format("{}\n{}{}", fmt::join(report.header, "\n"),
                                 k_separator, k_legend);
  std::int64_t sum = 0;
  for (const TreeNode& node : report.nodes) {
    text += k_separator;
    for (const TreeCall& call : node.callers) {
      append_call(text, call, node.cum, report.format);
    }
    sum = sum_of(sum, node.flat);
    fmt::format_to(std::back_inserter(text),
                   "{:>10} {} {} {:>10} {}                | {}\n",
                   report.format(node.flat),
                   percentage(node.flat, report.total),
                   percentage(sum, report.total), report.format(node.cum),
                   percentage(node.cum, report.total), node.name);
    for (const TreeCall& call : node.callees) {
      append_call(text, call, node.cum, report.format);
    }
  }
  if (report.has_nodes) {
    text += k_separator;
  }
  return text;
}

}  // namespace kprofefe::view
