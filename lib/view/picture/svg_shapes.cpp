// SPDX-License-Identifier: MIT
#include "view/picture/svg_shapes.hpp"

#include "base/markup.hpp"
#include "view/picture/arrow.hpp"

#include <fmt/format.h>

#include <iterator>
#include <string_view>

namespace kprofefe::view {
namespace {

using layout::Point;
using layout::Size;

/// What a tag's box seems to be deep.
constexpr double k_depth = 4;
constexpr const char* k_text_of_label = "#333333";
/// From the top of a line to where its letters stand, of the font's size.
constexpr double k_base_line = 0.95;

void append_texts(std::string& svg, const TextBox& text, Point first,
                  std::string_view attributes) {
  double y = first.y + text.size * k_base_line;
  for (const std::string& line : text.lines) {
    fmt::format_to(std::back_inserter(svg),
                   "<text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"{:g}\"{}>{}"
                   "</text>\n",
                   first.x, y, text.size, attributes, escape_markup(line));
    y += text.line_height();
  }
}

void append_middle_text(std::string& svg, const TextBox& text, Point centre,
                        std::string_view attributes = {}) {
  append_texts(svg, text, {.x = centre.x, .y = centre.y - text.height / 2},
               attributes);
}

void append_plain_box(std::string& svg, const FigureBox& box, Point corner) {
  fmt::format_to(std::back_inserter(svg),
                 "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:g}\" "
                 "height=\"{:g}\" rx=\"3\" fill=\"{}\" stroke=\"{}\"/>\n",
                 corner.x, corner.y, box.size.width, box.size.height,
                 escape_markup(box.fill), escape_markup(box.colour));
}

/// With a side and a top behind it, as Graphviz's box3d; all of it is within
/// the box's size.
void append_deep_box(std::string& svg, const FigureBox& box, Point corner) {
  const Size front = {.width = box.size.width - k_depth,
                      .height = box.size.height - k_depth};
  fmt::format_to(
      std::back_inserter(svg),
      "<rect x=\"{0:.1f}\" y=\"{1:.1f}\" width=\"{2:g}\" height=\"{3:g}\" "
      "fill=\"none\" stroke=\"none\"/>\n"
      "<path d=\"M{0:.1f},{5:.1f}v{7:g}h{6:g}v-{7:g}zl{4:g},-{4:g}h{6:g}v{7:g}"
      "l-{4:g},{4:g}v-{7:g}zM{8:.1f},{5:.1f}l{4:g},-{4:g}\" fill=\"{9}\" "
      "stroke=\"{10}\"/>\n",
      corner.x, corner.y, box.size.width, box.size.height, k_depth,
      corner.y + k_depth, front.width, front.height, corner.x + front.width,
      escape_markup(box.fill), escape_markup(box.colour));
}

/// What Graphviz names a thing, and what a reader is told of it.
void open_group(std::string& svg, std::string_view id, std::string_view kind,
                std::string_view title) {
  fmt::format_to(std::back_inserter(svg),
                 "<g id=\"{}\" class=\"{}\">\n<title>{}</title>\n",
                 escape_markup(id), kind, escape_markup(title));
}

void open_tooltip(std::string& svg, std::string_view id,
                  std::string_view tooltip) {
  fmt::format_to(std::back_inserter(svg),
                 "<g id=\"a_{}\">\n<title>{}</title>\n", escape_markup(id),
                 escape_markup(tooltip));
}

constexpr std::string_view k_close_both = "</g>\n</g>\n";

std::string path_of(const layout::Curve& curve) {
  std::string path = fmt::format("M{:.1f},{:.1f}C", curve[0].x, curve[0].y);
  for (std::size_t i = 1; i < curve.size(); ++i) {
    fmt::format_to(std::back_inserter(path), "{}{:.1f},{:.1f}",
                   i == 1 ? "" : " ", curve[i].x, curve[i].y);
  }
  return path;
}

}  // namespace

void append_box(std::string& svg, const FigureBox& box, Point centre) {
  const Point corner = {.x = centre.x - box.size.width / 2,
                        .y = centre.y - box.size.height / 2};
  open_group(svg, box.id, "node", box.title);
  open_tooltip(svg, box.id, box.tooltip);
  if (box.is_tag) {
    append_deep_box(svg, box, corner);
    centre.x -= k_depth / 2;
    centre.y += k_depth / 2;
  } else {
    append_plain_box(svg, box, corner);
  }
  append_middle_text(svg, box.text, centre);
  svg += k_close_both;
}

void append_line(std::string& svg, const Figure& figure, std::size_t number) {
  const FigureLine& line = figure.lines[number];
  const std::string id = fmt::format("edge{}", number + 1);
  const Arrow arrow = make_arrow(figure.places.curves[number], line.width);
  open_group(svg, id, "edge", line.title);
  open_tooltip(svg, id, line.tooltip);
  const std::string colour = escape_markup(line.colour);
  fmt::format_to(
      std::back_inserter(svg),
      "<path fill=\"none\" stroke=\"{0}\" stroke-width=\"{1:g}\"{2} "
      "d=\"{3}\"/>\n"
      "<polygon fill=\"{0}\" stroke=\"none\" points=\"{4:.1f},{5:.1f} "
      "{6:.1f},{7:.1f} {8:.1f},{9:.1f}\"/>\n",
      colour, line.width, line.is_dotted ? " stroke-dasharray=\"2,3.5\"" : "",
      path_of(arrow.line), arrow.head[0].x, arrow.head[0].y, arrow.head[1].x,
      arrow.head[1].y, arrow.head[2].x, arrow.head[2].y);
  append_middle_text(svg, line.text, figure.places.label_places[number],
                     fmt::format(" fill=\"{}\"", k_text_of_label));
  svg += k_close_both;
}

void append_left_text(std::string& svg, const TextBox& text, Point corner) {
  append_texts(svg, text, corner, " text-anchor=\"start\"");
}

}  // namespace kprofefe::view
