// SPDX-License-Identifier: MIT
#pragma once

#include "layout/graph.hpp"

#include "view/dot.hpp"
#include "view/text/text_box.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::view {

/// A box of the picture: a node, or a tag that hangs at one.
struct FigureBox {
  std::string id;     ///< `node1`, `N1_0`
  std::string title;  ///< its name in the DOT text: `N1`
  std::string tooltip;
  TextBox text;
  layout::Size size;  ///< with room around the text
  std::string colour;
  std::string fill;
  bool is_tag = false;
};

struct FigureLine {
  std::string title;  ///< `N1->N2`
  std::string tooltip;
  TextBox text;
  std::string colour;
  double width = 1;
  bool is_dotted = false;
};

/// What is drawn of a graph, in the order of its DOT text, and where.
struct Figure {
  std::vector<FigureBox> boxes;
  std::vector<FigureLine> lines;
  layout::Graph graph;
  layout::Picture places;
};

Figure make_figure(const DotGraph& graph);

}  // namespace kprofefe::view
