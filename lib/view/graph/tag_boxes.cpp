// SPDX-License-Identifier: MIT
#include "view/graph/tag_boxes.hpp"

#include "base/arithmetic.hpp"
#include "pprof/measurement.hpp"
#include "pprof/scale.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

namespace kprofefe::view {
namespace {

constexpr std::size_t k_most_boxes = 4;

/// Whether `a` comes first: by what it is worth, then by name.
bool is_heavier(const NodeTag& a, const NodeTag& b, bool is_leaf) {
  const auto cum = [](const NodeTag& tag) { return magnitude(tag.cum.sum); };
  const auto flat = [](const NodeTag& tag) { return magnitude(tag.flat.sum); };
  if (is_leaf && cum(a) != cum(b)) {
    return cum(a) > cum(b);
  }
  return flat(a) != flat(b) ? flat(a) > flat(b) : a.name < b.name;
}

void sort_tags(std::vector<NodeTag>& tags, bool is_leaf) {
  std::ranges::sort(tags, [&](const NodeTag& a, const NodeTag& b) {
    return is_heavier(a, b, is_leaf);
  });
}

/// Numbers that are drawn as one.
struct Range {
  const NodeTag* first = nullptr;
  std::int64_t least = 0;
  std::int64_t most = 0;
  Weight flat;
  Weight cum;
  bool is_single = true;
};

class RangeMaker {
 public:
  explicit RangeMaker(std::string_view unit) : unit_(unit) {}

  /// Each of the others joins the nearest of the heaviest ones.
  std::vector<NodeTag> join(const std::vector<NodeTag>& tags) const {
    std::array<Range, k_most_boxes> ranges{};
    for (std::size_t at = 0; at < tags.size(); ++at) {
      if (at < ranges.size()) {
        ranges[at] = {.first = &tags[at],
                      .least = tags[at].number,
                      .most = tags[at].number,
                      .flat = tags[at].flat,
                      .cum = tags[at].cum};
      } else {
        extend(*std::ranges::min_element(
                   ranges, {},
                   [&](const Range& range) {
                     return std::abs(scaled(range.first->number) -
                                     static_cast<double>(tags[at].number));
                   }),
               tags[at]);
      }
    }
    std::vector<NodeTag> joined;
    joined.reserve(ranges.size());
    for (const Range& range : ranges) {
      // A range is worth a number: it is not divided again.
      joined.push_back({.name = name_of(range),
                        .flat = {range.flat.value(), 0},
                        .cum = {range.cum.value(), 0}});
    }
    return joined;
  }

 private:
  [[nodiscard]] double scaled(std::int64_t number) const {
    return pprof::convert(number, unit_, unit_).value;
  }

  void extend(Range& range, const NodeTag& tag) const {
    const std::int64_t number = pprof::to_integer(scaled(tag.number));
    range.is_single = false;
    range.least = number < range.least ? tag.number : range.least;
    range.most = number > range.most ? tag.number : range.most;
    range.flat += tag.flat;
    range.cum += tag.cum;
  }

  [[nodiscard]] std::string name_of(const Range& range) const {
    const auto text = [&](std::int64_t number) {
      return pprof::measure_text(number, unit_, "auto");
    };
    return range.is_single ? text(range.least)
                           : text(range.least) + ".." + text(range.most);
  }

  std::string unit_;
};

std::vector<TagBox> number_boxes(std::vector<NodeTag> tags, bool is_leaf,
                                 std::string_view unit) {
  sort_tags(tags, is_leaf);
  if (tags.size() > k_most_boxes) {
    tags = RangeMaker(unit).join(tags);
    sort_tags(tags, is_leaf);
  }
  std::vector<TagBox> boxes;
  boxes.reserve(tags.size());
  for (NodeTag& tag : tags) {
    const bool has_callees = is_leaf && tag.flat.value() != tag.cum.value();
    boxes.push_back({.label = std::move(tag.name),
                     .value = has_callees ? tag.cum.value() : tag.flat.value(),
                     .is_dotted = has_callees});
  }
  return boxes;
}

}  // namespace

TagBoxes tag_boxes(const NodeTags& tags, bool is_leaf, std::string_view unit) {
  TagBoxes boxes;
  std::vector<const TagGroup*> groups;
  groups.reserve(tags.size());
  for (const TagGroup& group : tags) {
    if (group.is_shown) {
      groups.push_back(&group);
    } else if (group.tag.name.empty()) {
      boxes.numbers = number_boxes(group.numbers, is_leaf, unit);
    }
  }
  std::ranges::sort(groups, [&](const TagGroup* a, const TagGroup* b) {
    return is_heavier(a->tag, b->tag, is_leaf);
  });
  groups.resize(std::min(groups.size(), k_most_boxes));
  for (const TagGroup* group : groups) {
    const NodeTag& tag = group->tag;
    boxes.labels.push_back(
        {.label = tag.name,
         .value = is_leaf ? tag.cum.value() : tag.flat.value(),
         .numbers = number_boxes(group->numbers, is_leaf, unit)});
  }
  return boxes;
}

}  // namespace kprofefe::view
