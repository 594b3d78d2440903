// SPDX-License-Identifier: MIT
#pragma once

#include "layout/steps/span.hpp"

#include <cstdint>
#include <vector>

namespace kprofefe::layout {

struct SimplexLimits {
  std::uint64_t steps = 0;  ///< no more than about this many; from 0
  bool centres = false;     ///< what can move at no cost goes to the middle
};

/// Moves the values, which must keep to the spans, to where the distances cost
/// least: the network simplex of Gansner, Koutsofios, North and Vo, "A
/// Technique for Drawing Directed Graphs". The spans must connect all values.
void shorten(const std::vector<Span>& spans, std::vector<std::int64_t>& values,
             const SimplexLimits& limits);

}  // namespace kprofefe::layout
