// SPDX-License-Identifier: MIT
#pragma once

#include "view/graph/tags.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::view {

/// A tag that a graph shows at a node.
struct TagBox {
  std::string label;
  std::int64_t value = 0;
  bool is_dotted = false;  ///< some of it was spent in dropped callees
  std::vector<TagBox> numbers;
};

/// What is drawn at a node: the heaviest labels, each with its numbers, and the
/// numbers of what has no labels. Of a leaf of the graph they are worth what
/// their callees that are not in it were, too.
struct TagBoxes {
  std::vector<TagBox> labels;   ///< heaviest first; some may be worth 0
  std::vector<TagBox> numbers;  ///< the same
};

/// At most four of each kind; more numbers become ranges. `unit` is theirs.
TagBoxes tag_boxes(const NodeTags& tags, bool is_leaf, std::string_view unit);

}  // namespace kprofefe::view
