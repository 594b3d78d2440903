// SPDX-License-Identifier: MIT
#include "view/dot.hpp"

#include "base/arithmetic.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "pprof/scale.hpp"
#include "view/graph/build_graph.hpp"
#include "view/graph/nodes.hpp"
#include "view/graph/tag_boxes.hpp"
#include "view/graph/visual_graph.hpp"
#include "view/text/colour.hpp"
#include "view/text/header.hpp"
#include "view/text/short_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <string_view>
#include <utility>

namespace kprofefe::view {
namespace {

/// The parts of `text` between separators, which are not empty.
std::vector<std::string> split_at(std::string_view text,
                                  std::string_view separator) {
  std::vector<std::string> parts;
  for (auto end = text.find(separator); end != std::string_view::npos;
       end = text.find(separator)) {
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(end + separator.size());
  }
  parts.emplace_back(text);
  return parts;
}

/// A line for each package, class and function; the type parameters that Go
/// leaves out do not count.
std::vector<std::string> symbol_lines(std::string_view name) {
  constexpr std::string_view k_parameters = "[...]";
  std::vector<std::string> lines;
  for (const std::string& scope : split_at(short_name(name), "::")) {
    const std::string text =
        fmt::format("{}", fmt::join(split_at(scope, k_parameters), "[…]"));
    std::ranges::move(split_at(text, "."), std::back_inserter(lines));
  }
  return lines;
}

class DotMaker {
 public:
  explicit DotMaker(const Prepared& prepared)
      : prepared_(prepared),
        visual_(visual_graph(prepared)),
        format_(choose_format(prepared, visual_.graph)),
        number_unit_(number_unit(prepared)),
        has_callees_(graph().nodes.size(), false),
        numbers_(graph().nodes.size(), 0) {}

  DotGraph make() {
    DotGraph dot;
    dot.title = title();
    const std::int64_t shown = add_up();
    dot.legend = legend(prepared_, format_,
                        {.shown = shown,
                         .nodes = graph().order.size(),
                         .dropped_nodes = graph().dropped_nodes,
                         .original_nodes = graph().original_nodes,
                         .dropped_edges = visual_.dropped_edges});
    for (const Edge& edge : graph().edges) {
      has_callees_[edge.caller] = true;
    }
    for (const std::uint32_t id : graph().order) {
      numbers_[id] = dot.nodes.size() + 1;
      dot.nodes.push_back(node_of(id));
    }
    add_edges(dot);
    return dot;
  }

 private:
  [[nodiscard]] const Graph& graph() const { return visual_.graph; }

  /// Finds the largest flat value, too.
  std::int64_t add_up() {
    std::int64_t shown = 0;
    max_flat_ = -std::numeric_limits<double>::infinity();
    for (const std::uint32_t id : graph().order) {
      const std::int64_t flat = graph().nodes[id].flat.value();
      shown = sum_of(shown, flat);
      max_flat_ = std::max(max_flat_, static_cast<double>(magnitude(flat)));
    }
    return shown;
  }

  [[nodiscard]] std::string title() const {
    const pprof::Profile& profile = prepared_.profile;
    return profile.mappings.empty() || profile.mappings.front().file == 0
               ? ""
               : std::string(base_name(
                     profile.strings.at(profile.mappings.front().file)));
  }

  [[nodiscard]] std::string share(std::int64_t value) const {
    return fmt::format("{} ({})", format_(value),
                       trim(percentage(value, prepared_.total)));
  }

  [[nodiscard]] std::vector<std::string> values_of(std::int64_t flat,
                                                   std::int64_t cum) const {
    if (flat == 0) {
      return {cum == 0 ? "0" : "0 of " + share(cum)};
    }
    std::vector<std::string> lines = {share(flat)};
    if (cum != flat) {
      lines.push_back("of " + share(cum));
    }
    return lines;
  }

  [[nodiscard]] std::int64_t font_size(std::int64_t flat) const {
    constexpr std::int64_t k_smallest = 8;
    constexpr double k_growth = 16;
    const auto size = static_cast<double>(magnitude(flat));
    if (flat == 0 || size > max_flat_) {
      return k_smallest;
    }
    return sum_of(
        k_smallest,
        pprof::to_integer(std::ceil(k_growth * std::sqrt(size / max_flat_))));
  }

  /// From -1 to 1, where there is a total.
  [[nodiscard]] double score(std::int64_t value) const {
    return static_cast<double>(value) /
           static_cast<double>(magnitude(prepared_.total));
  }

  void name(DotNode& node, const NodeInfo& info) const {
    const pprof::StringTable& strings = prepared_.profile.strings;
    if (info.address != 0) {
      node.address = fmt::format("{:016x}", info.address);
    }
    node.symbol = symbol_lines(strings.at(info.name));
    const bool is_nameless = node.symbol == std::vector<std::string>{""};
    if (is_nameless) {
      node.symbol.clear();
    }
    const std::string_view file =
        info.file == 0 ? "" : base_name(strings.at(info.file));
    node.place = place_text(info, file, is_nameless, strings);
  }

  [[nodiscard]] DotNode node_of(std::uint32_t id) const {
    const Node& of = graph().nodes[id];
    DotNode node;
    node.name = graph().names[id];
    name(node, of.info);
    node.flat = of.flat.value();
    node.cum = of.cum.value();
    node.values = values_of(node.flat, node.cum);
    node.cum_text = format_(node.cum);
    node.font_size = font_size(node.flat);
    node.colour = line_colour(score(node.cum));
    node.fill_colour = fill_colour(score(node.cum));
    add_tags(node, id);
    return node;
  }

  void add_tags(DotNode& node, std::uint32_t id) const {
    const TagBoxes boxes =
        tag_boxes(visual_.tags[id], !has_callees_[id], number_unit_);
    const std::string parent = fmt::format("N{}", numbers_[id]);
    for (std::size_t at = 0; at < boxes.labels.size(); ++at) {
      const TagBox& box = boxes.labels[at];
      if (box.value != 0) {
        const std::string name = fmt::format("{}_{}", parent, at);
        add_tag(node, box, name, parent);
        add_numbers(node, box.numbers, name);
      }
    }
    add_numbers(node, boxes.numbers, parent);
  }

  void add_numbers(DotNode& node, const std::vector<TagBox>& boxes,
                   const std::string& parent) const {
    for (std::size_t at = 0; at < boxes.size(); ++at) {
      if (boxes[at].value != 0) {
        add_tag(node, boxes[at], fmt::format("N{}_{}", parent, at), parent);
      }
    }
  }

  void add_tag(DotNode& node, const TagBox& box, std::string id,
               std::string parent) const {
    node.tags.push_back({.id = std::move(id),
                         .parent = std::move(parent),
                         .label = split_at(box.label, "\\n"),
                         .value = format_(box.value),
                         .is_dotted = box.is_dotted});
  }

  void add_edges(DotGraph& dot) const {
    std::vector<const Edge*> edges;
    edges.reserve(graph().edges.size());
    for (const Edge& edge : graph().edges) {
      if (numbers_[edge.caller] != 0) {
        edges.push_back(&edge);
      }
    }
    std::ranges::sort(edges, [&](const Edge* a, const Edge* b) {
      return comes_first(*a, *b);
    });
    dot.edges.reserve(edges.size());
    for (const Edge* edge : edges) {
      dot.edges.push_back(edge_of(dot, *edge));
    }
  }

  [[nodiscard]] bool comes_first(const Edge& a, const Edge& b) const {
    const auto size_of = [](const Edge& edge) {
      return magnitude(edge.weight.sum);
    };
    if (size_of(a) != size_of(b)) {
      return size_of(a) > size_of(b);
    }
    const std::vector<std::string>& names = graph().names;
    if (const int order = names[a.caller].compare(names[b.caller]);
        order != 0) {
      return order < 0;
    }
    if (const int order = names[a.callee].compare(names[b.callee]);
        order != 0) {
      return order < 0;
    }
    return std::pair(numbers_[a.caller], numbers_[a.callee]) <
           std::pair(numbers_[b.caller], numbers_[b.callee]);
  }

  /// That part of `steps` which the weight is of the total, from 1 on.
  [[nodiscard]] int step(std::int64_t weight, int steps) const {
    const auto scaled = static_cast<std::int64_t>(
        static_cast<std::uint64_t>(weight) * static_cast<std::uint64_t>(steps));
    const std::int64_t part = std::min<std::int64_t>(
        magnitude(quotient(scaled, prepared_.total)), steps);
    return part > 0 ? 1 + static_cast<int>(part) : 1;
  }

  [[nodiscard]] DotEdge edge_of(const DotGraph& dot, const Edge& edge) const {
    constexpr int k_pulls = 100;
    constexpr int k_widths = 5;
    const std::int64_t weight = edge.weight.value();
    DotEdge drawn = {
        .caller = numbers_[edge.caller],
        .callee = numbers_[edge.callee],
        .call = fmt::format("{} {} {}", graph().names[edge.caller],
                            edge.is_residual ? "..." : "->",
                            graph().names[edge.callee]),
        .value = format_(weight),
        .weight = weight,
        .is_inlined = edge.is_inlined,
        .is_residual = edge.is_residual,
        .is_long = !dot.nodes[numbers_[edge.caller] - 1].tags.empty()};
    if (prepared_.total != 0) {
      drawn.pull = step(weight, k_pulls);
      drawn.width = step(weight, k_widths);
      drawn.colour = line_colour(score(weight));
    }
    return drawn;
  }

  const Prepared& prepared_;
  VisualGraph visual_;
  ValueFormat format_;
  std::string number_unit_;
  std::vector<bool> has_callees_;     // by node
  std::vector<std::size_t> numbers_;  // by node: its place, from 1; or 0
  double max_flat_ = 0;
};

}  // namespace

DotGraph dot(const Prepared& prepared) {
  return DotMaker(prepared).make();
}

}  // namespace kprofefe::view
