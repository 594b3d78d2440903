// SPDX-License-Identifier: MIT
#pragma once

#include "flame/frames.hpp"
#include "flame/nodes.hpp"
#include "pprof/profile.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace kprofefe::flame {

/// The stacks of one profile and what their samples count for.
struct Stacks {
  const pprof::Profile* profile = nullptr;
  StackReader* reader = nullptr;
  /// By sample type of the picture: which value of a sample it is.
  std::vector<std::optional<std::size_t>> source;
};

/// How a tree grows.
struct GrowthRules {
  std::size_t sample_index = 0;  ///< of the picture: what widths are made of
  Shape shape;
  FrameId narrow_frame = 0;  ///< what narrow frames become
  std::size_t most_nodes = k_most_nodes;
};

/// Nodes in pre-order and their own values: those of the first stacks, then
/// those of the second.
struct Growth {
  std::vector<Node> nodes;
  std::vector<Column> columns;
  bool is_full = false;     ///< there would be more than `most_nodes`
  bool is_partial = false;  ///< narrow frames were left out
  /// A value below 0 counts: the order is right only when none is. Samples of
  /// one stack may take each other away.
  bool has_negatives = false;
};

/// Splits all samples by their first frame, those of each frame by their
/// second, and so on: a stack is followed only as far as its frames are drawn.
Growth grow(std::span<const Stacks> profiles, Frames& frames,
            const GrowthRules& rules);

}  // namespace kprofefe::flame
