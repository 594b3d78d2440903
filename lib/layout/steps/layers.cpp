// SPDX-License-Identifier: MIT
#include "layout/steps/layers.hpp"

#include <algorithm>
#include <cstddef>
#include <tuple>

namespace kprofefe::layout {
namespace {

/// A picture with more is but a black sheet, and takes a minute.
constexpr std::size_t k_most_bends = 250'000;

/// Which links get bends: of too many the heaviest.
std::vector<bool> choose_bent(const Graph& graph,
                              const std::vector<Link>& links,
                              const std::vector<Index>& ranks) {
  std::vector<Index> heavy_first;
  heavy_first.reserve(links.size());
  for (Index link = 0; link < links.size(); ++link) {
    heavy_first.push_back(link);
  }
  std::ranges::sort(heavy_first, {}, [&](Index link) {
    return std::tuple(-graph.edges[link].weight, link);
  });
  std::vector<bool> is_bent(links.size());
  std::size_t bends = 0;
  for (const Index link : heavy_first) {
    bends += ranks[links[link].lower] - ranks[links[link].upper];
    is_bent[link] = bends <= k_most_bends;
  }
  return is_bent;
}

void add_segments(Layers& layers, const Link& link, std::int64_t weight) {
  Index upper = link.upper;
  const auto number = static_cast<Index>(layers.first_bend.size());
  layers.first_bend.push_back(static_cast<Index>(layers.rank.size()));
  for (Index rank = layers.rank[link.upper] + 1; rank < layers.rank[link.lower];
       ++rank) {
    const auto bend = static_cast<Index>(layers.rank.size());
    layers.rank.push_back(rank);
    layers.link.push_back(number);
    layers.segments.push_back(
        {.upper = upper, .lower = bend, .weight = weight});
    upper = bend;
  }
  if (!link.is_loop()) {
    layers.segments.push_back(
        {.upper = upper, .lower = link.lower, .weight = weight});
  }
}

}  // namespace

Layers make_layers(const Graph& graph, const std::vector<Link>& links,
                   const std::vector<Index>& ranks) {
  Layers layers;
  layers.boxes = graph.boxes.size();
  layers.rank = ranks;
  layers.link.resize(ranks.size(), k_none);
  layers.first_bend.reserve(links.size() + 1);
  const std::vector<bool> is_bent = choose_bent(graph, links, ranks);
  for (std::size_t i = 0; i < links.size(); ++i) {
    if (is_bent[i]) {
      add_segments(layers, links[i], graph.edges[i].weight);
    } else {
      layers.first_bend.push_back(static_cast<Index>(layers.rank.size()));
    }
  }
  layers.first_bend.push_back(static_cast<Index>(layers.rank.size()));
  const std::vector<Segment>& segments = layers.segments;
  layers.below = Groups(layers.rank.size(), segments.size(),
                        [&](Index i) { return segments[i].upper; });
  layers.above = Groups(layers.rank.size(), segments.size(),
                        [&](Index i) { return segments[i].lower; });
  if (!ranks.empty()) {
    layers.order.resize(*std::ranges::max_element(ranks) + std::size_t{1});
  }
  for (Index vertex = 0; vertex < layers.rank.size(); ++vertex) {
    layers.order[layers.rank[vertex]].push_back(vertex);
  }
  layers.place.resize(layers.rank.size());
  note_places(layers);
  return layers;
}

std::vector<Index> path_of(const Layers& layers, const std::vector<Link>& links,
                           std::size_t link) {
  std::vector<Index> path = {links[link].upper};
  const Index end = layers.first_bend[link + 1];
  path.reserve(end - layers.first_bend[link] + std::size_t{2});
  for (Index bend = layers.first_bend[link]; bend < end; ++bend) {
    path.push_back(bend);
  }
  if (!links[link].is_loop()) {
    path.push_back(links[link].lower);
  }
  return path;
}

void note_places(Layers& layers) {
  for (const std::vector<Index>& layer : layers.order) {
    for (Index at = 0; at < layer.size(); ++at) {
      layers.place[layer[at]] = at;
    }
  }
}

}  // namespace kprofefe::layout
