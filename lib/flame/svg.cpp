// SPDX-License-Identifier: MIT
#include "flame/svg.hpp"

#include "base/markup.hpp"
#include "base/utf8.hpp"
#include "flame/colour.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

namespace kprofefe::flame {
namespace {

constexpr double k_width = 1200;
constexpr double k_side = 10;
constexpr double k_row = 18;
constexpr double k_head = 44;
constexpr double k_foot = 28;
/// Of a monospaced font 11 pixels high; a little more than most have.
constexpr double k_character = 6.8;

/// Thousands of frames may have one name of many kilobytes.
constexpr std::size_t k_longest_name = 1000;

struct Box {
  std::size_t node = 0;
  double x = 0;
  double width = 0;
};

struct Layout {
  std::vector<Box> boxes;
  std::size_t left_out = 0;
  std::uint32_t rows = 1;
};

/// Children stand side by side below their parent, from its left edge on.
Layout place(const Tree& tree, const Drawing& drawing) {
  const std::vector<double> width = widths(tree, drawing.type);
  const double scale = width[0] > 0 ? (k_width - 2 * k_side) / width[0] : 0;
  Layout layout;
  std::vector<double> x(tree.nodes.size());
  std::vector<double> next(tree.nodes.size());
  x[0] = next[0] = k_side;
  layout.boxes.push_back({0, k_side, k_width - 2 * k_side});
  for (std::size_t i = 1; i < tree.nodes.size(); ++i) {
    const Node& node = tree.nodes[i];
    x[i] = next[i] = next[node.parent];
    next[node.parent] += width[i] * scale;
    const bool fits = drawing.max_rows == 0 || node.depth < drawing.max_rows;
    if (fits && width[i] * scale >= drawing.min_width) {
      layout.boxes.push_back({i, x[i], width[i] * scale});
      layout.rows = std::max(layout.rows, node.depth + 1);
    } else {
      ++layout.left_out;
    }
  }
  return layout;
}

/// The first `characters` of `text`, the last one `…` when there are more.
std::string fit(std::string_view text, std::size_t characters) {
  std::size_t bytes = 0;
  std::size_t last = 0;
  for (std::size_t count = 0; bytes < text.size(); ++count) {
    if (count == characters) {
      return std::string(text.substr(0, last)) + "…";
    }
    last = bytes;
    bytes += first_character(text.substr(bytes)).bytes;
  }
  return std::string(text);
}

/// What is written into a box; empty when it is too narrow for words. A Go
/// package's path goes first when there is no room for all.
std::string label(std::string_view name, double width) {
  const double room = (width - 6) / k_character;
  if (room < 3) {
    return "";
  }
  const auto characters = static_cast<std::size_t>(room);
  if (name.size() > characters) {
    const std::string_view path = name.substr(0, name.find_first_of("[( "));
    name.remove_prefix(path.rfind('/') + 1);
  }
  return fit(name, characters);
}

class Drawer {
 public:
  Drawer(const Tree& tree, const Drawing& drawing, const Words& words)
      : tree_(&tree),
        words_(&words),
        cum_(cumulate(tree.nodes, tree.values[drawing.type])),
        base_(tree.compares()
                  ? cumulate(tree.nodes, tree.base_values[drawing.type])
                  : Column()) {}

  void draw(std::string& svg, const Box& box) const {
    const Node& node = tree_->nodes[box.node];
    const double y = k_head + node.depth * k_row;
    const std::string_view name =
        box.node == 0 ? "all" : tree_->frames.names.at(node.frame);
    fmt::format_to(std::back_inserter(svg),
                   "<g><title>{}\n{}</title><rect x=\"{:.1f}\" y=\"{}\""
                   " width=\"{:.1f}\" height=\"{}\" fill=\"{}\"/>",
                   escape_markup(fit(name, k_longest_name)),
                   escape_markup(numbers(box.node)), box.x, y,
                   std::max(box.width - 0.5, 0.3), k_row - 1,
                   colour(box.node, name));
    if (const std::string text = label(name, box.width); !text.empty()) {
      fmt::format_to(std::back_inserter(svg),
                     "<text x=\"{:.1f}\" y=\"{}\">{}</text>", box.x + 3,
                     y + 12.5, escape_markup(text));
    }
    svg += "</g>\n";
  }

 private:
  [[nodiscard]] std::string numbers(std::size_t node) const {
    return tree_->compares() ? words_->change(base_[node], cum_[node])
                             : words_->both(cum_[node]);
  }

  [[nodiscard]] std::string colour(std::size_t node,
                                   std::string_view name) const {
    if (tree_->compares()) {
      return change_colour(base_[node], cum_[node]);
    }
    return node == 0 ? "#dddad4" : package_colour(name);
  }

  const Tree* tree_;
  const Words* words_;
  Column cum_;
  Column base_;
};

std::string facts(const Tree& tree, const Words& words) {
  std::string total = tree.compares()
                          ? words.change(words.base_total(), words.total())
                          : words.value(words.total());
  if (!tree.compares() && words.total() != words.whole()) {
    total += " of " + words.value(words.whole());
  }
  return fmt::format("{}: {}", words.type(), total);
}

std::string note(const Layout& layout, const Tree& tree) {
  if (layout.left_out == 0) {
    return fmt::format("{} frames", tree.nodes.size() - 1);
  }
  return fmt::format("{} of {} frames are too small to be drawn",
                     layout.left_out, tree.nodes.size() - 1);
}

}  // namespace

std::string draw_svg(const Tree& tree, const Drawing& drawing,
                     const Words& words, std::string_view title) {
  const Layout layout = place(tree, drawing);
  const Drawer drawer(tree, drawing, words);
  const double height = k_head + layout.rows * k_row + k_foot;
  const std::string head = escape_markup(title);
  const std::string total = escape_markup(facts(tree, words));
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\""
      " viewBox=\"0 0 {0} {1}\" role=\"img\" aria-label=\"{2}, {3}\""
      " font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas,"
      " monospace\" font-size=\"11\" fill=\"#1d1c1a\">\n"
      "<rect width=\"{0}\" height=\"{1}\" fill=\"#fbfbf9\"/>\n"
      "<text x=\"{4}\" y=\"20\" font-size=\"15\" font-weight=\"600\""
      " font-family=\"system-ui, sans-serif\">{2}</text>\n"
      "<text x=\"{4}\" y=\"36\" fill=\"#67645d\""
      " font-family=\"system-ui, sans-serif\">{3}</text>\n",
      k_width, height, head, total, k_side);
  for (const Box& box : layout.boxes) {
    drawer.draw(svg, box);
  }
  fmt::format_to(std::back_inserter(svg),
                 "<text x=\"{}\" y=\"{}\" fill=\"#67645d\""
                 " font-family=\"system-ui, sans-serif\">{}</text>\n</svg>\n",
                 k_side, height - 10, note(layout, tree));
  return svg;
}

std::string render_svg(const Tree& tree, const pprof::Profile& profile,
                       const Options& options) {
  const std::size_t type = options.sample_index;
  return draw_svg(tree, {.type = type}, Words(tree, profile, type, options),
                  options.title);
}

}  // namespace kprofefe::flame
