// SPDX-License-Identifier: MIT
#include "web/graph_json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <utility>

namespace kprofefe::web {
namespace {

using nlohmann::ordered_json;

ordered_json to_json(const view::DotTag& tag) {
  return {{"id", tag.id},
          {"parent", tag.parent},
          {"label", tag.label},
          {"value_text", tag.value},
          {"edge_label", tag.value},
          {"edge_style", tag.is_dotted ? "dotted" : "solid"}};
}

ordered_json to_json(const view::DotNode& node, std::size_t id) {
  ordered_json tags = ordered_json::array();
  for (const view::DotTag& tag : node.tags) {
    tags.push_back(to_json(tag));
  }
  return {{"id", id},
          {"name", node.name},
          {"label", label_of(node)},
          {"fontsize", node.font_size},
          {"tooltip", fmt::format("{} ({})", node.name, node.cum_text)},
          {"color", node.colour},
          {"fill", node.fill_colour},
          {"tags", std::move(tags)}};
}

ordered_json to_json(const view::DotEdge& edge) {
  return {{"from", edge.caller},
          {"to", edge.callee},
          {"label", edge.value + (edge.is_inlined ? "\n(inline)" : "")},
          {"tooltip", fmt::format("{} ({})", edge.call, edge.value)},
          {"weight", edge.pull},
          {"penwidth", edge.width},
          {"color", edge.colour},
          {"style", edge.is_residual ? "dotted" : "solid"},
          {"minlen", edge.is_long ? 2 : 1}};
}

}  // namespace

ordered_json to_json(const view::DotGraph& graph,
                     const std::vector<std::string>& warnings) {
  ordered_json nodes = ordered_json::array();
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    nodes.push_back(to_json(graph.nodes[i], i + 1));
  }
  ordered_json edges = ordered_json::array();
  for (const view::DotEdge& edge : graph.edges) {
    if (edge.caller != 0 && edge.callee != 0) {
      edges.push_back(to_json(edge));
    }
  }
  return {{"title", graph.title},
          {"legend", graph.legend},
          {"nodes", std::move(nodes)},
          {"edges", std::move(edges)},
          {"warnings", warnings}};
}

}  // namespace kprofefe::web
