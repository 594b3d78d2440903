// SPDX-License-Identifier: MIT
#pragma once

#include "layout/graph.hpp"

#include <array>

namespace kprofefe::view {

/// A line that ends where its head begins.
struct Arrow {
  layout::Curve line;
  std::array<layout::Point, 3> head;  ///< its point first
};

/// An arrow along a curve, `width` wide.
Arrow make_arrow(const layout::Curve& curve, double width);

}  // namespace kprofefe::view
