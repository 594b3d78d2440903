// SPDX-License-Identifier: MIT
#pragma once

#include "view/prepare.hpp"
#include "view/weight.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace kprofefe::view {

/// What the samples with one label are worth at a node.
struct NodeTag {
  std::string name;
  std::int64_t number = 0;  ///< of a numeric one: the first of that name
  Weight flat;
  Weight cum;
};

/// All labels of some samples together, and their numbers.
struct TagGroup {
  NodeTag tag;  ///< `key:text\nkey:text`, with a backslash; empty: no labels
  bool is_shown = true;  ///< whether `tag` itself is more than a small one
  std::vector<NodeTag> numbers;
};

/// Of one node; those without labels and numbers are in none.
using NodeTags = std::vector<TagGroup>;

/// Puts into `nodes` where the sample counts: each node once, the leaf first.
using NodesOfSample =
    std::function<void(std::size_t sample, std::vector<std::uint32_t>& nodes)>;

/// The tags of every node that is kept, by number: text labels, and of numeric
/// ones those named `bytes`.
std::vector<NodeTags> collect_tags(const Prepared& prepared,
                                   const NodesOfSample& nodes_of,
                                   const std::vector<bool>& is_kept);

/// Leaves out what is below the cutoff.
void drop_small_tags(std::vector<NodeTags>& tags, std::int64_t cutoff);

/// How many of them have a flat value.
std::size_t count_flat(const NodeTags& tags);

/// The unit of the numbers.
std::string number_unit(const Prepared& prepared);

}  // namespace kprofefe::view
