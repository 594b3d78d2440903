// SPDX-License-Identifier: MIT
#pragma once

#include "layout/steps/plan.hpp"

#include <vector>

namespace kprofefe::layout {

/// The middles of the labels: beside their lines, where they cover least of
/// boxes, other labels and lines. Those of heavy edges choose first.
std::vector<Point> place_labels(const Plan& plan,
                                const std::vector<Curve>& curves);

}  // namespace kprofefe::layout
