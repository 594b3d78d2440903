// SPDX-License-Identifier: MIT
#include "view/picture/figure.hpp"

#include "layout/lay_out.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace kprofefe::view {
namespace {

constexpr double k_tag_font = 8;
constexpr double k_label_font = 10;
constexpr layout::Size k_around_text = {.width = 8, .height = 4};
constexpr layout::Size k_around_tag = {.width = 6, .height = 4};
constexpr layout::Size k_around_label = {.width = 1, .height = 1};
/// As heavy as pprof's edges to tags.
constexpr std::int64_t k_tag_weight = 100;
constexpr const char* k_black = "#000000";
constexpr const char* k_fill = "#f8f8f8";

layout::Size size_around(const TextBox& text, layout::Size around) {
  return {.width = std::ceil(text.width + 2 * around.width),
          .height = std::ceil(text.height + 2 * around.height)};
}

class FigureMaker {
 public:
  explicit FigureMaker(const DotGraph& graph) : graph_(graph) {}

  Figure make() {
    figure_.boxes.reserve(graph_.nodes.size());
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
      nodes_.push_back(static_cast<layout::Index>(figure_.boxes.size()));
      add_node(graph_.nodes[i], i + 1);
    }
    for (const DotEdge& edge : graph_.edges) {
      add_edge(edge);
    }
    figure_.places = layout::lay_out(figure_.graph);
    return std::move(figure_);
  }

 private:
  layout::Index add_box(FigureBox box) {
    figure_.graph.boxes.push_back(box.size);
    figure_.boxes.push_back(std::move(box));
    return static_cast<layout::Index>(figure_.boxes.size() - 1);
  }

  void add_line(FigureLine line, layout::Edge edge) {
    edge.label = line.text.lines.empty()
                     ? layout::Size()
                     : size_around(line.text, k_around_label);
    figure_.graph.edges.push_back(edge);
    figure_.lines.push_back(std::move(line));
  }

  void add_node(const DotNode& node, std::size_t number) {
    TextBox text =
        make_text_box(label_of(node), static_cast<double>(node.font_size));
    const layout::Size size = size_around(text, k_around_text);
    const std::string title = fmt::format("N{}", number);
    ends_[title] =
        add_box({.id = fmt::format("node{}", number),
                 .title = title,
                 .tooltip = fmt::format("{} ({})", node.name, node.cum_text),
                 .text = std::move(text),
                 .size = size,
                 .colour = node.colour.empty() ? k_black : node.colour,
                 .fill = node.fill_colour.empty() ? k_fill : node.fill_colour});
    for (const DotTag& tag : node.tags) {
      add_tag(tag);
    }
  }

  void add_tag(const DotTag& tag) {
    TextBox text = make_text_box(tag.label, k_tag_font);
    const layout::Size size = size_around(text, k_around_tag);
    ends_[tag.id] = add_box({.id = tag.id,
                             .title = tag.id,
                             .tooltip = tag.value,
                             .text = std::move(text),
                             .size = size,
                             .colour = k_black,
                             .fill = k_fill,
                             .is_tag = true});
    add_line({.title = tag.parent + "->" + tag.id,
              .tooltip = tag.value,
              .text = make_text_box({tag.value}, k_label_font),
              .colour = k_black,
              .is_dotted = tag.is_dotted},
             {.from = ends_[tag.parent],
              .to = ends_[tag.id],
              .weight = k_tag_weight});
  }

  void add_edge(const DotEdge& edge) {
    std::vector<std::string> label = {edge.value};
    if (edge.is_inlined) {
      label.emplace_back("(inline)");
    }
    add_line({.title = fmt::format("N{}->N{}", edge.caller, edge.callee),
              .tooltip = fmt::format("{} ({})", edge.call, edge.value),
              .text = make_text_box(label, k_label_font),
              .colour = edge.colour.empty() ? k_black : edge.colour,
              .width = static_cast<double>(edge.width),
              .is_dotted = edge.is_residual},
             {.from = end_of(edge.caller),
              .to = end_of(edge.callee),
              .weight = std::max(edge.pull, 1),
              .min_length = edge.is_long ? 2 : 1});
  }

  layout::Index end_of(std::size_t number) {
    return number == 0 ? nameless() : nodes_[number - 1];
  }

  /// What Graphviz makes of `N0`, to which edges lead that have no node.
  layout::Index nameless() {
    if (nameless_ == layout::k_none) {
      TextBox text = make_text_box({"N0"}, k_label_font);
      const layout::Size size = size_around(text, k_around_text);
      nameless_ = add_box({.id = "node0",
                           .title = "N0",
                           .tooltip = "N0",
                           .text = std::move(text),
                           .size = size,
                           .colour = k_black,
                           .fill = k_fill});
    }
    return nameless_;
  }

  const DotGraph& graph_;
  Figure figure_;
  std::vector<layout::Index> nodes_;
  std::unordered_map<std::string, layout::Index> ends_;
  layout::Index nameless_ = layout::k_none;
};

}  // namespace

Figure make_figure(const DotGraph& graph) {
  return FigureMaker(graph).make();
}

}  // namespace kprofefe::view
