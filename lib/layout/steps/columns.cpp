// SPDX-License-Identifier: MIT
#include "layout/steps/columns.hpp"

#include "layout/steps/relax.hpp"
#include "layout/steps/simplex.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <ranges>

namespace kprofefe::layout {
namespace {

constexpr std::int64_t k_between_boxes = 18;
constexpr std::int64_t k_beside_bend = 12;
/// How often each layer is pulled by those around it; of large graphs as often
/// as so many segments allow.
constexpr std::size_t k_most_rounds = 8;
constexpr std::size_t k_segments_in_all_rounds = 4'000'000;
/// The simplex makes the better picture, but its time grows faster.
constexpr std::size_t k_most_for_simplex = 40'000;
constexpr std::uint64_t k_steps = 20'000'000;

class Columns {
 public:
  Columns(const Layers& layers, const std::vector<Reach>& reach)
      : layers_(layers), reach_(reach), x_(layers.rank.size()) {}

  std::vector<std::int64_t> place() {
    pack();
    const std::size_t rounds = std::clamp<std::size_t>(
        k_segments_in_all_rounds / (layers_.segments.size() + 1), 1,
        k_most_rounds);
    for (std::size_t round = 0; round < rounds; ++round) {
      for (const std::vector<Index>& layer : layers_.order) {
        pull(layer, true, false);
      }
      for (const std::vector<Index>& layer :
           std::views::reverse(layers_.order)) {
        pull(layer, false, true);
      }
    }
    for (const std::vector<Index>& layer : layers_.order) {
      pull(layer, true, true);
    }
    round_up();
    if (layers_.rank.size() + layers_.segments.size() <= k_most_for_simplex) {
      straighten();
    }
    return std::move(rounded_);
  }

 private:
  [[nodiscard]] std::int64_t distance(Index left, Index right) const {
    const bool is_beside_bend = layers_.is_bend(left) || layers_.is_bend(right);
    return reach_[left].right + reach_[right].left +
           (is_beside_bend ? k_beside_bend : k_between_boxes);
  }

  [[nodiscard]] std::int64_t weight(const Segment& segment) const {
    constexpr std::array<std::int64_t, 3> k_by_bends = {1, 2, 8};
    const std::size_t bends = (layers_.is_bend(segment.upper) ? 1U : 0U) +
                              (layers_.is_bend(segment.lower) ? 1U : 0U);
    return segment.weight * k_by_bends[bends];
  }

  /// Each layer as far left as it goes.
  void pack() {
    for (const std::vector<Index>& layer : layers_.order) {
      for (std::size_t i = 1; i < layer.size(); ++i) {
        x_[layer[i]] = x_[layer[i - 1]] +
                       static_cast<double>(distance(layer[i - 1], layer[i]));
      }
    }
  }

  /// A layer to where its neighbours in others pull it.
  void pull(const std::vector<Index>& layer, bool by_above, bool by_below) {
    wishes_.clear();
    places_.resize(layer.size());
    for (std::size_t i = 0; i < layer.size(); ++i) {
      Wish wish = wish_of(layer[i], by_above, by_below);
      if (i > 0) {
        wish.distance = static_cast<double>(distance(layer[i - 1], layer[i]));
      }
      wishes_.push_back(wish);
    }
    relax(wishes_, places_);
    for (std::size_t i = 0; i < layer.size(); ++i) {
      x_[layer[i]] = places_[i];
    }
  }

  [[nodiscard]] Wish wish_of(Index vertex, bool by_above, bool by_below) const {
    // What nothing pulls stays where it is, if others let it.
    double weights = 0.01;
    double sum = weights * x_[vertex];
    const auto add = [&](const Segment& segment, Index other) {
      const auto pull = static_cast<double>(weight(segment));
      weights += pull;
      sum += pull * x_[other];
    };
    if (by_above) {
      for (const Index i : layers_.above[vertex]) {
        add(layers_.segments[i], layers_.segments[i].upper);
      }
    }
    if (by_below) {
      for (const Index i : layers_.below[vertex]) {
        add(layers_.segments[i], layers_.segments[i].lower);
      }
    }
    return {.wanted = sum / weights, .weight = weights};
  }

  void round_up() {
    rounded_.resize(x_.size());
    for (const std::vector<Index>& layer : layers_.order) {
      for (std::size_t i = 0; i < layer.size(); ++i) {
        rounded_[layer[i]] = std::llround(x_[layer[i]]);
        if (i > 0) {
          rounded_[layer[i]] = std::max(
              rounded_[layer[i]],
              rounded_[layer[i - 1]] + distance(layer[i - 1], layer[i]));
        }
      }
    }
  }

  /// For each segment there is one more value, at or left of both its ends:
  /// together they are as far away from it as the ends are from each other.
  void straighten() {
    std::vector<Span> spans;
    spans.reserve(x_.size() + layers_.segments.size() * 2);
    for (const std::vector<Index>& layer : layers_.order) {
      for (std::size_t i = 1; i < layer.size(); ++i) {
        spans.push_back({.tail = layer[i - 1],
                         .head = layer[i],
                         .min_length = distance(layer[i - 1], layer[i])});
      }
    }
    rounded_.reserve(x_.size() + layers_.segments.size());
    for (const Segment& segment : layers_.segments) {
      const auto joint = static_cast<Index>(rounded_.size());
      rounded_.push_back(
          std::min(rounded_[segment.upper], rounded_[segment.lower]));
      for (const Index end : {segment.upper, segment.lower}) {
        spans.push_back(
            {.tail = joint, .head = end, .weight = weight(segment)});
      }
    }
    shorten(spans, rounded_, {.steps = k_steps, .centres = true});
    rounded_.resize(x_.size());
  }

  const Layers& layers_;
  const std::vector<Reach>& reach_;
  std::vector<double> x_;
  std::vector<Wish> wishes_;
  std::vector<double> places_;
  std::vector<std::int64_t> rounded_;
};

}  // namespace

std::vector<std::int64_t> place_columns(const Layers& layers,
                                        const std::vector<Reach>& reach) {
  return Columns(layers, reach).place();
}

}  // namespace kprofefe::layout
