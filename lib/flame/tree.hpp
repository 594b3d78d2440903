// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "flame/flame.hpp"
#include "flame/frames.hpp"
#include "flame/nodes.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::flame {

/// Every distinct stack of a profile, and of the one it is compared with, as a
/// tree of calls. The values of a node are its own; see cumulate().
struct Tree {
  Frames frames;
  std::vector<Node> nodes;
  /// A column per sample type.
  std::vector<Column> values;
  /// The same of the base; empty without one.
  std::vector<Column> base_values;
  std::vector<std::int64_t> totals;       ///< by sample type: what is 100 %
  std::vector<std::int64_t> base_totals;  ///< the same of the base, or 0
  bool is_partial = false;  ///< without frames that are too narrow, see Shape

  [[nodiscard]] bool compares() const { return !base_values.empty(); }
};

/// A name that is one frame of one line, whatever it holds.
std::string folded_name(std::string_view name);

/// What render_folded() draws.
inline constexpr Shape k_folded{.rename = folded_name, .by_name = true};

/// Errors: malformed, when there would be more nodes: a small file can name a
/// location with many inlined frames again and again.
Result<Tree> build_tree(const Input& input, const Options& options,
                        const Shape& shape = {},
                        std::size_t most_nodes = k_most_nodes);

/// Adds every node's value to all of its callers: flat becomes cum.
Column cumulate(std::span<const Node> nodes, Column values);

/// How wide each node is, for one sample type: the sum of what is below it,
/// of both profiles, each value without its sign. So the children of a node
/// fit into it even when a profile holds negative values.
std::vector<double> widths(const Tree& tree, std::size_t type);

/// What a function has over all stacks; a recursive one counts once.
struct FunctionTotal {
  FrameId frame = 0;
  std::int64_t flat = 0;
  std::int64_t cum = 0;
};

/// Of one sample type, the largest flat first; functions without any value
/// are left out.
std::vector<FunctionTotal> function_totals(const Tree& tree, std::size_t type);

}  // namespace kprofefe::flame
