// SPDX-License-Identifier: MIT
#include "base/json_escape.hpp"
#include "view/dot.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <iterator>
#include <string_view>
#include <utility>

namespace kprofefe::view {
namespace {

/// As Graphviz reads it in quotation marks; lines are aligned left.
std::string escaped(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    if (c == '\\' || c == '"') {
      result += '\\';
      result += c;
    } else if (c == '\n') {
      result += "\\l";
    } else {
      result += c;
    }
  }
  return result;
}

std::vector<std::string> escaped(const std::vector<std::string>& lines) {
  std::vector<std::string> result;
  result.reserve(lines.size());
  for (const std::string& line : lines) {
    result.push_back(escaped(line));
  }
  return result;
}

void append_legend(std::string& text, const DotGraph& graph) {
  fmt::format_to(std::back_inserter(text),
                 "subgraph cluster_L {{ \"{}\" [shape=box fontsize=16 "
                 "label=\"{}\\l\"",
                 escaped(graph.legend.front()),
                 fmt::join(escaped(graph.legend), "\\l"));
  if (!graph.title.empty()) {
    fmt::format_to(std::back_inserter(text), " tooltip=\"{}\"", graph.title);
  }
  text += "] }\n";
}

/// The lines of a node's label, with these of its symbol.
std::vector<std::string> label_with(const DotNode& node,
                                    std::vector<std::string> symbol) {
  std::vector<std::string> lines;
  lines.reserve(symbol.size() + node.values.size() + 2);
  if (!node.address.empty()) {
    lines.push_back(node.address);
  }
  std::ranges::move(symbol, std::back_inserter(lines));
  if (!node.place.empty()) {
    lines.push_back(node.place);
  }
  std::ranges::copy(node.values, std::back_inserter(lines));
  return lines;
}

void append_tag(std::string& text, const DotTag& tag) {
  fmt::format_to(std::back_inserter(text),
                 "{0} [label = \"{1}\" id=\"{0}\" fontsize=8 shape=box3d "
                 "tooltip=\"{2}\"]\n"
                 "{3} -> {0} [label=\" {2}\" weight=100 tooltip=\"{2}\" "
                 "labeltooltip=\"{2}\"{4}]\n",
                 tag.id, fmt::join(tag.label, "\\n"), tag.value, tag.parent,
                 tag.is_dotted ? " style=\"dotted\"" : "");
}

void append_node(std::string& text, const DotNode& node, std::size_t number) {
  fmt::format_to(std::back_inserter(text),
                 "N{0} [label=\"{1}\" id=\"node{0}\" fontsize={2} shape=box "
                 "tooltip=\"{3} ({4})\" color=\"{5}\" fillcolor=\"{6}\"]\n",
                 number,
                 // pprof escapes nothing else of a label.
                 fmt::join(label_with(node, escaped(node.symbol)), "\\n"),
                 node.font_size, escaped(node.name), node.cum_text, node.colour,
                 node.fill_colour);
  for (const DotTag& tag : node.tags) {
    append_tag(text, tag);
  }
}

void append_edge(std::string& text, const DotEdge& edge) {
  auto out = std::back_inserter(text);
  fmt::format_to(out, "N{} -> N{} [label=\" {}{}\"", edge.caller, edge.callee,
                 edge.value, edge.is_inlined ? "\\n (inline)" : "");
  if (edge.pull > 1) {
    fmt::format_to(out, " weight={}", edge.pull);
  }
  if (edge.width > 1) {
    fmt::format_to(out, " penwidth={}", edge.width);
  }
  if (!edge.colour.empty()) {
    fmt::format_to(out, " color=\"{}\"", edge.colour);
  }
  fmt::format_to(out,
                 " tooltip=\"{0} ({1})\" labeltooltip=\"{0} ({1})\"{2}{3}]\n",
                 escaped(edge.call), edge.value,
                 edge.is_residual ? " style=\"dotted\"" : "",
                 edge.is_long ? " minlen=2" : "");
}

using Json = nlohmann::ordered_json;

Json to_json(const DotTag& tag) {
  return {{"id", tag.id},
          {"parent", tag.parent},
          {"label", tag.label},
          {"value", tag.value},
          {"dotted", tag.is_dotted}};
}

Json to_json(const DotNode& node, std::size_t number) {
  Json tags = Json::array();
  for (const DotTag& tag : node.tags) {
    tags.push_back(to_json(tag));
  }
  return {{"id", number},
          {"name", node.name},
          {"label", label_of(node)},
          {"flat", node.flat},
          {"cum", node.cum},
          {"font_size", node.font_size},
          {"color", node.colour},
          {"fill_color", node.fill_colour},
          {"tags", std::move(tags)}};
}

Json to_json(const DotEdge& edge) {
  return {{"from", edge.caller},       {"to", edge.callee},
          {"call", edge.call},         {"value", edge.value},
          {"weight", edge.weight},     {"pull", edge.pull},
          {"width", edge.width},       {"color", edge.colour},
          {"inline", edge.is_inlined}, {"dotted", edge.is_residual},
          {"long", edge.is_long}};
}

}  // namespace

std::vector<std::string> label_of(const DotNode& node) {
  return label_with(node, node.symbol);
}

std::string render_text(const DotGraph& graph) {
  std::string text =
      fmt::format("digraph \"{}\" {{\nnode [style=filled fillcolor=\"{}\"]\n",
                  graph.title.empty() ? "unnamed" : graph.title, "#f8f8f8");
  append_legend(text, graph);
  for (std::size_t at = 0; at < graph.nodes.size(); ++at) {
    append_node(text, graph.nodes[at], at + 1);
  }
  for (const DotEdge& edge : graph.edges) {
    append_edge(text, edge);
  }
  return text + "}\n";
}

std::string render_json(const DotGraph& graph) {
  Json nodes = Json::array();
  for (std::size_t at = 0; at < graph.nodes.size(); ++at) {
    nodes.push_back(to_json(graph.nodes[at], at + 1));
  }
  Json edges = Json::array();
  for (const DotEdge& edge : graph.edges) {
    edges.push_back(to_json(edge));
  }
  const Json document = {{"title", graph.title},
                         {"legend", graph.legend},
                         {"nodes", std::move(nodes)},
                         {"edges", std::move(edges)}};
  return escape_controls(
             document.dump(2, ' ', false, Json::error_handler_t::replace)) +
         "\n";
}

}  // namespace kprofefe::view
