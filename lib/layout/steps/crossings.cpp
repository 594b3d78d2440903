// SPDX-License-Identifier: MIT
#include "layout/steps/crossings.hpp"

#include <algorithm>

namespace kprofefe::layout {

std::int64_t crossing_weight(const Layers& layers, const Segment& segment) {
  const std::int64_t bends = (layers.is_bend(segment.upper) ? 1 : 0) +
                             (layers.is_bend(segment.lower) ? 1 : 0);
  return (1 + bends / 2) *
         (1 + std::min<std::int64_t>(segment.weight, 100) / 40);
}

std::int64_t CrossingCounter::count() {
  std::int64_t crossings = 0;
  for (const std::vector<Index>& layer : layers_.order) {
    crossings += count_below(layer);
  }
  return crossings;
}

std::int64_t CrossingCounter::count_below(const std::vector<Index>& layer) {
  const std::size_t rank = layers_.rank[layer.front()] + std::size_t{1};
  if (rank == layers_.order.size()) {
    return 0;
  }
  sums_.assign(layers_.order[rank].size() + 1, 0);
  passed_ = 0;
  crossings_ = 0;
  for (const Index vertex : layer) {
    ends_.clear();
    for (const Index i : layers_.below[vertex]) {
      const Segment& segment = layers_.segments[i];
      ends_.push_back({.place = layers_.place[segment.lower],
                       .weight = crossing_weight(layers_, segment)});
    }
    sum_up(ends_);
  }
  return crossings_;
}

/// The segments of one vertex do not cross each other.
void CrossingCounter::sum_up(std::span<const End> ends) {
  for (const End& end : ends) {
    std::int64_t before = 0;
    for (std::size_t i = end.place + std::size_t{1}; i > 0; i &= i - 1) {
      before += sums_[i];
    }
    crossings_ += end.weight * (passed_ - before);
  }
  for (const End& end : ends) {
    for (std::size_t i = end.place + std::size_t{1}; i < sums_.size();
         i += i & (~i + 1)) {
      sums_[i] += end.weight;
    }
    passed_ += end.weight;
  }
}

void Exchange::enter(const std::vector<Index>& layer) {
  collect(above_, layer, true);
  collect(below_, layer, false);
}

void Exchange::collect(Side& side, const std::vector<Index>& layer,
                       bool above) const {
  side.ends.clear();
  side.begins.assign(1, 0);
  side.begins.reserve(layer.size() + 1);
  for (const Index vertex : layer) {
    for (const Index i : (above ? layers_.above : layers_.below)[vertex]) {
      const Segment& segment = layers_.segments[i];
      side.ends.push_back(
          {.place = layers_.place[above ? segment.upper : segment.lower],
           .weight = crossing_weight(layers_, segment)});
    }
    std::ranges::sort(std::span(side.ends).subspan(side.begins.back()), {},
                      &End::place);
    side.begins.push_back(side.ends.size());
  }
}

std::int64_t Exchange::gain(std::size_t left, std::size_t right) const {
  std::int64_t gained = 0;
  for (const Side* side : {&above_, &below_}) {
    const Ends one = side->of(left);
    const Ends other = side->of(right);
    gained += crossings(one, other) - crossings(other, one);
  }
  return gained;
}

/// Of segments of one at the left and one at the right.
std::int64_t Exchange::crossings(Ends left, Ends right) {
  std::int64_t crossings = 0;
  std::int64_t before = 0;
  std::size_t at = 0;
  for (const End& end : left) {
    for (; at < right.size() && right[at].place < end.place; ++at) {
      before += right[at].weight;
    }
    crossings += end.weight * before;
  }
  return crossings;
}

}  // namespace kprofefe::layout
