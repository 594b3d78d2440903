// SPDX-License-Identifier: MIT
#include "view/tree.hpp"

#include "base/sink_buffer.hpp"
#include "view/graph/build_graph.hpp"
#include "view/graph/edges.hpp"
#include "view/text/header.hpp"

#include <fmt/format.h>

#include <iterator>
#include <span>
#include <string_view>

namespace kprofefe::view {
namespace {

constexpr std::string_view k_separator =
    "----------------------------------------------------------"
    "+-------------\n";

constexpr std::string_view k_legend =
    "      flat  flat%   sum%        cum   cum%   calls calls% + context "
    "\t \t \n";

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

/// Of those nodes, which are in the order of the report.
TreeReport tree_of(const Prepared& prepared, const Graph& graph,
                   std::span<const std::uint32_t> nodes) {
  EdgeLists edges(graph);
  TreeReport report = {.sample_type = prepared.sample_type,
                       .format = choose_format(prepared, graph),
                       .total = prepared.total,
                       .has_nodes = !graph.order.empty()};
  report.nodes.reserve(nodes.size());
  for (const std::uint32_t id : nodes) {
    report.nodes.push_back(node_of(graph, edges, id));
  }
  std::int64_t shown = 0;
  for (const std::uint32_t id : graph.order) {
    shown = sum_of(shown, graph.nodes[id].flat.value());
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

/// `sum`: the flat values up to the node.
void append_node(std::string& text, const TreeReport& report,
                 const TreeNode& node, std::int64_t sum) {
  text += k_separator;
  for (const TreeCall& call : node.callers) {
    append_call(text, call, node.cum, report.format);
  }
  fmt::format_to(std::back_inserter(text),
                 "{:>10} {} {} {:>10} {}                | {}\n",
                 report.format(node.flat), percentage(node.flat, report.total),
                 percentage(sum, report.total), report.format(node.cum),
                 percentage(node.cum, report.total), node.name);
  for (const TreeCall& call : node.callees) {
    append_call(text, call, node.cum, report.format);
  }
}

}  // namespace

TreeReport tree(const Prepared& prepared) {
  const Graph graph = trimmed_graph(prepared);
  return tree_of(prepared, graph, graph.order);
}

Result<TreeReport> peek(const Prepared& prepared, const pprof::Regex& names) {
  std::vector<std::uint32_t> matches;
  const Graph graph = trimmed_graph(prepared, names, matches);
  if (matches.empty()) {
    return fail(
        ErrorKind::not_found,
        fmt::format("no matches found for regexp: {}", names.expression()));
  }
  return tree_of(prepared, graph, matches);
}

bool write_text(const TreeReport& report, const Sink& sink) {
  SinkBuffer out(sink);
  fmt::format_to(std::back_inserter(out.text()), "{}\n{}{}",
                 fmt::join(report.header, "\n"), k_separator, k_legend);
  std::int64_t sum = 0;
  for (const TreeNode& node : report.nodes) {
    sum = sum_of(sum, node.flat);
    append_node(out.text(), report, node, sum);
    if (!out.pass_on()) {
      return false;
    }
  }
  if (report.has_nodes) {
    out.text() += k_separator;
  }
  return out.flush();
}

std::string render_text(const TreeReport& report) {
  std::string text;
  write_text(report, [&text](std::string_view piece) {
    text += piece;
    return true;
  });
  return text;
}

}  // namespace kprofefe::view
