// SPDX-License-Identifier: MIT
#pragma once

#include "layout/steps/layers.hpp"

#include <cstdint>
#include <vector>

namespace kprofefe::layout {

/// How far a vertex reaches from its middle.
struct Reach {
  std::int64_t left = 0;
  std::int64_t right = 0;
};

/// Where the middle of each vertex is from left to right. Neighbours in a layer
/// keep a distance; heavy segments are upright, those of long links first.
std::vector<std::int64_t> place_columns(const Layers& layers,
                                        const std::vector<Reach>& reach);

}  // namespace kprofefe::layout
