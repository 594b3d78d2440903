// SPDX-License-Identifier: MIT
#pragma once

#include "layout/graph.hpp"
#include "layout/steps/cycles.hpp"
#include "layout/steps/groups.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kprofefe::layout {

/// A part of a link, from one layer to the next.
struct Segment {
  Index upper = 0;
  Index lower = 0;
  std::int64_t weight = 1;
};

/// A vertex is a box or a bend: where a long link passes through a layer. Boxes
/// come first; the bends of a link follow each other from top to bottom.
struct Layers {
  std::size_t boxes = 0;
  std::vector<Index> rank;  ///< by vertex
  std::vector<Index> link;  ///< by vertex; k_none: a box
  std::vector<Segment> segments;
  Groups below;  ///< segments by their upper vertex
  Groups above;  ///< segments by their lower vertex
  std::vector<Index>
      first_bend;  ///< by link; its bends end where the next's begin

  std::vector<std::vector<Index>> order;  ///< the vertices of each layer
  std::vector<Index> place;               ///< by vertex: where in its layer

  [[nodiscard]] bool is_bend(Index vertex) const { return vertex >= boxes; }
};

/// Ordered by number. Of many long links the lightest have neither segments nor
/// bends: they are not looked after.
Layers make_layers(const Graph& graph, const std::vector<Link>& links,
                   const std::vector<Index>& ranks);

/// The vertices of a link from top to bottom; of a loop, its box.
std::vector<Index> path_of(const Layers& layers, const std::vector<Link>& links,
                           std::size_t link);

/// Sets `place` from `order`.
void note_places(Layers& layers);

}  // namespace kprofefe::layout
