// SPDX-License-Identifier: MIT
#pragma once

#include "layout/graph.hpp"

#include <cstdint>

namespace kprofefe::layout {

/// That the value of `head` is at least `min_length` more than that of `tail`,
/// and what each unit of their distance costs.
struct Span {
  Index tail = 0;
  Index head = 0;
  std::int64_t min_length = 0;
  std::int64_t weight = 0;
};

}  // namespace kprofefe::layout
