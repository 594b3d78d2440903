// SPDX-License-Identifier: MIT
#pragma once

#include "layout/graph.hpp"

#include <cstddef>
#include <vector>

namespace kprofefe::layout {

/// By edge: how far right of its box the bow of a loop begins its room. 0 for
/// what is no loop, as for the first loop of a box.
std::vector<double> loop_offsets(const Graph& graph);

/// How much room a loop needs beside its box, with its label.
double loop_width(const Edge& edge);

/// The bow of a loop at the right side of a box.
Curve loop_curve(Point centre, Size box, double offset);

/// The middle of the label, right of the bow.
Point loop_label(Point centre, Size box, double offset, Size label);

}  // namespace kprofefe::layout
