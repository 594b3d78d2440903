// SPDX-License-Identifier: MIT
#include "layout/steps/ranks.hpp"

#include "layout/steps/groups.hpp"
#include "layout/steps/simplex.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace kprofefe::layout {
namespace {

/// A tenth of a second.
constexpr std::uint64_t k_steps = 20'000'000;

/// As high as those above allow.
std::vector<std::int64_t> highest(const std::vector<Span>& spans,
                                  std::size_t boxes) {
  const Groups out(boxes, spans.size(),
                   [&](Index span) { return spans[span].tail; });
  std::vector<std::int64_t> ranks(boxes);
  std::vector<std::size_t> waits_for(boxes);
  for (const Span& span : spans) {
    ++waits_for[span.head];
  }
  std::vector<Index> ready;
  ready.reserve(boxes);
  for (Index box = 0; box < boxes; ++box) {
    if (waits_for[box] == 0) {
      ready.push_back(box);
    }
  }
  for (std::size_t at = 0; at < ready.size(); ++at) {
    for (const Index number : out[ready[at]]) {
      const Span& span = spans[number];
      ranks[span.head] =
          std::max(ranks[span.head], ranks[span.tail] + span.min_length);
      if (--waits_for[span.head] == 0) {
        ready.push_back(span.head);
      }
    }
  }
  return ranks;
}

std::vector<Span> spans_of(const Graph& graph, const std::vector<Link>& links) {
  std::vector<Span> spans;
  spans.reserve(links.size() + graph.boxes.size());
  std::vector<bool> has_above(graph.boxes.size());
  for (std::size_t i = 0; i < links.size(); ++i) {
    if (!links[i].is_loop()) {
      has_above[links[i].lower] = true;
      spans.push_back({.tail = links[i].upper,
                       .head = links[i].lower,
                       .min_length = std::max(graph.edges[i].min_length, 1),
                       .weight = graph.edges[i].weight});
    }
  }
  // What is above all others connects them, and costs nothing.
  const auto root = static_cast<Index>(graph.boxes.size());
  for (Index box = 0; box < root; ++box) {
    if (!has_above[box]) {
      spans.push_back({.tail = root, .head = box});
    }
  }
  return spans;
}

}  // namespace

std::vector<Index> rank_boxes(const Graph& graph,
                              const std::vector<Link>& links) {
  const std::size_t boxes = graph.boxes.size();
  const std::vector<Span> spans = spans_of(graph, links);
  std::vector<std::int64_t> values = highest(spans, boxes + 1);
  shorten(spans, values, {.steps = k_steps});
  values.pop_back();
  const std::int64_t top =
      values.empty() ? 0 : *std::ranges::min_element(values);
  std::vector<Index> ranks;
  ranks.reserve(boxes);
  for (const std::int64_t value : values) {
    ranks.push_back(static_cast<Index>(value - top));
  }
  return ranks;
}

}  // namespace kprofefe::layout
