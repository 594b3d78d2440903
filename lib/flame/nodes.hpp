// SPDX-License-Identifier: MIT
#pragma once

#include "flame/frames.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace kprofefe::flame {

/// A call path. Nodes stand in pre-order: a parent before its children, the
/// widest child first or as Shape says; node 0 is the root.
struct Node {
  std::uint32_t parent = 0;
  FrameId frame = 0;
  std::uint32_t depth = 0;
};

/// One number per node.
using Column = std::vector<std::int64_t>;

/// What a format wants of its tree.
struct Shape {
  Rename rename = nullptr;  ///< see StackReader
  bool by_name = false;     ///< children are sorted by name, not by width
  /// Frames below this share of all are left out, with all that they call: what
  /// they are worth is that of a frame called k_narrow_frames.
  double min_share = 0;
};

inline constexpr std::string_view k_narrow_frames =
    "(frames too narrow to be seen)";

/// Some hundred bytes each, so that a tree stays within 2 GB.
inline constexpr std::size_t k_most_nodes = std::size_t{1} << 23;

}  // namespace kprofefe::flame
