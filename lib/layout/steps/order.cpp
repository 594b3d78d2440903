// SPDX-License-Identifier: MIT
#include "layout/steps/order.hpp"

#include "layout/steps/crossings.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <ranges>
#include <tuple>
#include <utility>

namespace kprofefe::layout {
namespace {

constexpr std::size_t k_most_sweeps = 24;
/// So many without getting better end it.
constexpr std::size_t k_patience = 6;
/// Segments that all sweeps together may look at, save for a first one.
constexpr std::size_t k_work = 3'000'000;
/// Exchanging neighbours costs more than a sweep, of which it is a part.
constexpr std::size_t k_most_exchanges = 6;
constexpr std::size_t k_most_segments_to_exchange = 20'000;

/// The number of the part that each vertex is in.
std::vector<Index> find_parts(const Layers& layers) {
  std::vector<Index> parts(layers.rank.size(), k_none);
  std::vector<Index> waiting;
  Index count = 0;
  const auto reach = [&](Index vertex, Index part) {
    if (parts[vertex] == k_none) {
      parts[vertex] = part;
      waiting.push_back(vertex);
    }
  };
  for (Index root = 0; root < layers.boxes; ++root) {
    if (parts[root] != k_none) {
      continue;
    }
    reach(root, count++);
    while (!waiting.empty()) {
      const Index vertex = waiting.back();
      waiting.pop_back();
      for (const Index segment : layers.below[vertex]) {
        reach(layers.segments[segment].lower, parts[vertex]);
      }
      for (const Index segment : layers.above[vertex]) {
        reach(layers.segments[segment].upper, parts[vertex]);
      }
    }
  }
  return parts;
}

/// What a layer is sorted by.
struct Key {
  Index part = 0;
  double median = 0;
  std::int64_t tie = 0;
  Index vertex = 0;
};

class Orderer {
 public:
  explicit Orderer(Layers& layers)
      : layers_(layers),
        parts_(find_parts(layers)),
        counter_(layers),
        exchange_(layers),
        sweeps_(std::clamp<std::size_t>(k_work / (layers.segments.size() + 1),
                                        1, k_most_sweeps)) {}

  void order() {
    begin(true);
    improve(true);
    if (sweeps_ == k_most_sweeps) {
      begin(false);
      improve(false);
    }
    layers_.order = std::move(best_);
    note_places(layers_);
  }

 private:
  /// Callees beside each other below their caller, or callers above a callee.
  void begin(bool downwards) {
    std::vector<Index> roots;
    roots.reserve(layers_.rank.size());
    for (const std::vector<Index>& layer : layers_.order) {
      roots.insert(roots.end(), layer.begin(), layer.end());
    }
    std::ranges::sort(roots, {}, [&](Index vertex) {
      const auto rank = static_cast<std::int64_t>(layers_.rank[vertex]);
      return std::tuple(parts_[vertex], downwards ? rank : -rank, vertex);
    });
    for (std::vector<Index>& layer : layers_.order) {
      layer.clear();
    }
    std::vector<bool> seen(layers_.rank.size());
    std::vector<Index> waiting;
    for (const Index root : roots) {
      waiting.push_back(root);
      while (!waiting.empty()) {
        const Index vertex = waiting.back();
        waiting.pop_back();
        if (seen[vertex]) {
          continue;
        }
        seen[vertex] = true;
        layers_.order[layers_.rank[vertex]].push_back(vertex);
        const auto next = (downwards ? layers_.below : layers_.above)[vertex];
        for (const Index i : std::views::reverse(next)) {
          const Segment& segment = layers_.segments[i];
          waiting.push_back(downwards ? segment.lower : segment.upper);
        }
      }
    }
    note_places(layers_);
  }

  void improve(bool downwards) {
    keep_if_best();
    std::size_t since = 0;
    for (std::size_t i = 0; i < sweeps_ && since < k_patience; ++i, ++since) {
      sweep((i % 2 == 0) == downwards, i % 4 > 1);
      if (layers_.segments.size() <= k_most_segments_to_exchange) {
        exchange_neighbours();
      }
      if (keep_if_best()) {
        since = 0;
      }
    }
  }

  bool keep_if_best() {
    const std::int64_t crossings = counter_.count();
    if (crossings >= fewest_) {
      return false;
    }
    fewest_ = crossings;
    best_ = layers_.order;
    return true;
  }

  /// Each layer by the one before it.
  void sweep(bool downwards, bool turns_ties) {
    const std::size_t count = layers_.order.size();
    for (std::size_t i = 1; i < count; ++i) {
      sort(layers_.order[downwards ? i : count - 1 - i], downwards, turns_ties);
    }
  }

  void sort(std::vector<Index>& layer, bool by_above, bool turns_ties) {
    keys_.clear();
    for (const Index vertex : layer) {
      const auto place = static_cast<std::int64_t>(layers_.place[vertex]);
      keys_.push_back({.part = parts_[vertex],
                       .median = median_of(vertex, by_above),
                       .tie = turns_ties ? -place : place,
                       .vertex = vertex});
    }
    std::ranges::sort(keys_, [](const Key& one, const Key& other) {
      return std::tie(one.part, one.median, one.tie) <
             std::tie(other.part, other.median, other.tie);
    });
    for (Index at = 0; at < layer.size(); ++at) {
      layer[at] = keys_[at].vertex;
      layers_.place[layer[at]] = at;
    }
  }

  /// Of the places of its neighbours; between two, nearer to where the others
  /// are close together.
  double median_of(Index vertex, bool above) {
    places_.clear();
    for (const Index i : (above ? layers_.above : layers_.below)[vertex]) {
      const Segment& segment = layers_.segments[i];
      places_.push_back(layers_.place[above ? segment.upper : segment.lower]);
    }
    if (places_.empty()) {
      return layers_.place[vertex];
    }
    std::ranges::sort(places_);
    const std::size_t middle = places_.size() / 2;
    if (places_.size() % 2 == 1) {
      return places_[middle];
    }
    const double left = places_[middle - 1] - places_.front();
    const double right = places_.back() - places_[middle];
    if (left + right == 0) {
      return (places_[middle - 1] + places_[middle]) / 2;
    }
    return (places_[middle - 1] * right + places_[middle] * left) /
           (left + right);
  }

  void exchange_neighbours() {
    bool improves = true;
    for (std::size_t i = 0; i < k_most_exchanges && improves; ++i) {
      improves = false;
      for (std::vector<Index>& layer : layers_.order) {
        improves = exchange_in(layer) || improves;
      }
    }
  }

  bool exchange_in(std::vector<Index>& layer) {
    bool improves = false;
    exchange_.enter(layer);
    std::size_t left_was_at = 0;
    for (std::size_t i = 1; i < layer.size(); ++i) {
      Index& left = layer[i - 1];
      Index& right = layer[i];
      if (parts_[left] == parts_[right] && exchange_.gain(left_was_at, i) > 0) {
        std::swap(left, right);
        std::swap(layers_.place[left], layers_.place[right]);
        improves = true;
      } else {
        left_was_at = i;
      }
    }
    return improves;
  }

  Layers& layers_;
  std::vector<Index> parts_;
  std::vector<Key> keys_;
  std::vector<double> places_;
  CrossingCounter counter_;
  Exchange exchange_;
  std::size_t sweeps_;
  std::int64_t fewest_ = std::numeric_limits<std::int64_t>::max();
  std::vector<std::vector<Index>> best_;
};

}  // namespace

void order_layers(Layers& layers) {
  Orderer(layers).order();
}

}  // namespace kprofefe::layout
