// SPDX-License-Identifier: MIT
#include "view/svg.hpp"

#include "layout/graph.hpp"

#include "base/markup.hpp"
#include "view/picture/figure.hpp"
#include "view/picture/svg_shapes.hpp"
#include "view/text/text_box.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

namespace kprofefe::view {
namespace {

constexpr double k_margin = 8;
constexpr double k_legend_font = 12;
constexpr double k_around_legend = 8;
/// Between the legend and the graph.
constexpr double k_beside_legend = 16;
/// In which a curve is looked at.
constexpr int k_steps = 64;

/// Where the graph goes, so that the legend has the upper left corner.
struct Sheet {
  layout::Point graph;
  layout::Size size;
};

/// A point of the cubic curve that begins at the point of that number.
layout::Point point_on(const layout::Curve& curve, std::size_t begin,
                       double share) {
  const double rest = 1 - share;
  const std::array<double, 4> parts = {
      rest * rest * rest, 3 * rest * rest * share, 3 * rest * share * share,
      share * share * share};
  layout::Point point;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    point.x += parts[i] * curve[begin + i].x;
    point.y += parts[i] * curve[begin + i].y;
  }
  return point;
}

/// How far the graph must move right, and how far down instead, for the legend
/// to cover nothing.
layout::Point room_for(layout::Size legend, const Figure& figure) {
  const layout::Size room = {.width = legend.width + k_beside_legend,
                             .height = legend.height + k_beside_legend};
  layout::Point move;
  const auto avoid = [&](layout::Point centre, layout::Size size) {
    const double left = centre.x - size.width / 2;
    const double top = centre.y - size.height / 2;
    if (top < room.height) {
      move.x = std::max(move.x, room.width - left);
    }
    if (left < room.width) {
      move.y = std::max(move.y, room.height - top);
    }
  };
  for (std::size_t i = 0; i < figure.boxes.size(); ++i) {
    avoid(figure.places.centres[i], figure.boxes[i].size);
  }
  for (std::size_t i = 0; i < figure.lines.size(); ++i) {
    avoid(figure.places.label_places[i], figure.graph.edges[i].label);
    const layout::Curve& curve = figure.places.curves[i];
    for (std::size_t begin = 0; begin + 3 < curve.size(); begin += 3) {
      for (int step = 0; step <= k_steps; ++step) {
        avoid(point_on(curve, begin, double{1} * step / k_steps), {});
      }
    }
  }
  return move;
}

Sheet make_sheet(layout::Size legend, const Figure& figure) {
  const auto [right, down] = room_for(legend, figure);
  const layout::Size graph = figure.places.size;
  const layout::Size beside = {
      .width = std::max(graph.width + right, legend.width),
      .height = std::max(graph.height, legend.height)};
  const layout::Size below = {
      .width = std::max(graph.width, legend.width),
      .height = std::max(graph.height + down, legend.height)};
  const bool is_beside =
      beside.width * beside.height <= below.width * below.height;
  const layout::Size used = is_beside ? beside : below;
  return {.graph = {.x = k_margin + (is_beside ? right : 0),
                    .y = k_margin + (is_beside ? 0 : down)},
          .size = {.width = used.width + 2 * k_margin,
                   .height = used.height + 2 * k_margin}};
}

void append_head(std::string& svg, const Sheet& sheet,
                 const std::string& title) {
  fmt::format_to(
      std::back_inserter(svg),
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n"
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}pt\" "
      "height=\"{1:.0f}pt\" viewBox=\"0 0 {0:.0f} {1:.0f}\" "
      "font-family=\"Helvetica, Arial, sans-serif\" text-anchor=\"middle\">\n"
      "<rect width=\"{0:.0f}\" height=\"{1:.0f}\" fill=\"white\"/>\n",
      sheet.size.width, sheet.size.height);
  fmt::format_to(std::back_inserter(svg),
                 "<g id=\"graph0\" class=\"graph\" transform=\"translate({:.1f}"
                 " {:.1f})\">\n<title>{}</title>\n",
                 sheet.graph.x, sheet.graph.y,
                 escape_markup(title.empty() ? "unnamed" : title));
}

void append_legend(std::string& svg, const TextBox& text, layout::Size size,
                   layout::Point graph) {
  const layout::Point corner = {.x = k_margin - graph.x,
                                .y = k_margin - graph.y};
  fmt::format_to(
      std::back_inserter(svg),
      "<g id=\"clust1\" class=\"cluster\">\n<title>cluster_L</title>\n"
      "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" "
      "height=\"{:.1f}\" fill=\"#f8f8f8\" stroke=\"black\"/>\n",
      corner.x, corner.y, size.width, size.height);
  append_left_text(
      svg, text,
      {.x = corner.x + k_around_legend, .y = corner.y + k_around_legend});
  svg += "</g>\n";
}

}  // namespace

std::string render_svg(const DotGraph& graph) {
  const Figure figure = make_figure(graph);
  const TextBox legend = make_text_box(graph.legend, k_legend_font);
  const layout::Size size = {.width = legend.width + 2 * k_around_legend,
                             .height = legend.height + 2 * k_around_legend};
  const Sheet sheet = make_sheet(size, figure);
  std::string svg;
  append_head(svg, sheet, graph.title);
  append_legend(svg, legend, size, sheet.graph);
  for (std::size_t i = 0; i < figure.lines.size(); ++i) {
    append_line(svg, figure, i);
  }
  for (std::size_t i = 0; i < figure.boxes.size(); ++i) {
    append_box(svg, figure.boxes[i], figure.places.centres[i]);
  }
  return svg + "</g>\n</svg>\n";
}

}  // namespace kprofefe::view
