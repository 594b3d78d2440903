// SPDX-License-Identifier: MIT
#pragma once

#include "layout/steps/groups.hpp"
#include "layout/steps/span.hpp"

#include <cstdint>
#include <vector>

namespace kprofefe::layout {

/// Spans that connect all values and are as long as they must be: moves what is
/// connected already until one more is, as little as it takes. `out` and `in`:
/// the spans by their tails and heads.
std::vector<Index> grow_tight_tree(const std::vector<Span>& spans,
                                   std::vector<std::int64_t>& values,
                                   const Groups& out, const Groups& in);

}  // namespace kprofefe::layout
