// SPDX-License-Identifier: MIT
#pragma once

#include "layout/graph.hpp"

#include "view/picture/figure.hpp"

#include <cstddef>
#include <string>

namespace kprofefe::view {

/// A node or tag, grouped as Graphviz does: `<g id="node1" class="node">`.
void append_box(std::string& svg, const FigureBox& box, layout::Point centre);

/// An edge with its arrow head and its label: `<g id="edge1" class="edge">`.
void append_line(std::string& svg, const Figure& figure, std::size_t number);

/// Lines of text from the upper left corner on.
void append_left_text(std::string& svg, const TextBox& text,
                      layout::Point corner);

}  // namespace kprofefe::view
