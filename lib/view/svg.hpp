// SPDX-License-Identifier: MIT
#pragma once

#include "view/dot.hpp"

#include <string>

namespace kprofefe::view {

/// The graph as an SVG picture that needs nothing else, with the groups and ids
/// that Graphviz gives what `go tool pprof -svg` has it draw.
std::string render_svg(const DotGraph& graph);

}  // namespace kprofefe::view
