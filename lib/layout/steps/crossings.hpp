// SPDX-License-Identifier: MIT
#pragma once

#include "layout/steps/layers.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace kprofefe::layout {

/// What a segment that is crossed counts: heavy lines are wide, and where two
/// long ones cross the eye has nothing to hold on to.
std::int64_t crossing_weight(const Layers& layers, const Segment& segment);

/// Counts the crossings of segments, each by the weights of the two, in
/// O(E log V).
class CrossingCounter {
 public:
  explicit CrossingCounter(const Layers& layers) : layers_(layers) {}

  /// Between all layers.
  std::int64_t count();

 private:
  struct End {
    Index place = 0;
    std::int64_t weight = 0;
  };

  void sum_up(std::span<const End> ends);

  std::int64_t count_below(const std::vector<Index>& layer);

  const Layers& layers_;
  std::vector<End> ends_;
  std::vector<std::int64_t> sums_;  ///< a tree of the weights of lower ends
  std::int64_t passed_ = 0;
  std::int64_t crossings_ = 0;
};

/// What neighbours in a layer would save in crossings if they changed places.
class Exchange {
 public:
  explicit Exchange(const Layers& layers) : layers_(layers) {}

  /// To be called before gain(), for a layer whose neighbours stay as they are.
  void enter(const std::vector<Index>& layer);

  /// Of the vertices that were at these places in the layer when it was
  /// entered; negative: it would cost.
  [[nodiscard]] std::int64_t gain(std::size_t left, std::size_t right) const;

 private:
  struct End {
    Index place = 0;
    std::int64_t weight = 0;
  };

  using Ends = std::span<const End>;

  /// The ends of the segments to one side, by the places of a layer.
  struct Side {
    std::vector<End> ends;
    std::vector<std::size_t> begins;

    [[nodiscard]] Ends of(std::size_t place) const {
      return Ends(ends).subspan(begins[place],
                                begins[place + 1] - begins[place]);
    }
  };

  void collect(Side& side, const std::vector<Index>& layer, bool above) const;
  static std::int64_t crossings(Ends left, Ends right);

  const Layers& layers_;
  Side above_;
  Side below_;
};

}  // namespace kprofefe::layout
