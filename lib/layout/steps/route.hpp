// SPDX-License-Identifier: MIT
#pragma once

#include "layout/steps/plan.hpp"

#include <vector>

namespace kprofefe::layout {

/// The line of each edge, from the border of its first to that of its second
/// box, around all others.
std::vector<Curve> route_edges(const Plan& plan);

}  // namespace kprofefe::layout
