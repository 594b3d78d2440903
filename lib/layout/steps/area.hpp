// SPDX-License-Identifier: MIT
#pragma once

#include "layout/graph.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace kprofefe::layout {

struct Area {
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;
};

inline Area area_around(Point centre, Size size) {
  return {.left = centre.x - size.width / 2,
          .top = centre.y - size.height / 2,
          .right = centre.x + size.width / 2,
          .bottom = centre.y + size.height / 2};
}

/// What two areas share, in square units.
inline double overlap(const Area& a, const Area& b) {
  const double wide = std::min(a.right, b.right) - std::max(a.left, b.left);
  const double high = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
  return wide > 0 && high > 0 ? wide * high : 0;
}

/// Finds areas near others: each is noted in all the squares that it touches.
class AreaIndex {
 public:
  /// `owner` may see its own areas when it looks for others.
  void add(const Area& area, double weight, Index owner) {
    const auto number = static_cast<Index>(areas_.size());
    areas_.push_back({.area = area, .weight = weight, .owner = owner});
    for_squares(
        area, [&](std::int64_t square) { squares_[square].push_back(number); });
  }

  /// How much of what does not belong to `owner` an area covers, by weight.
  [[nodiscard]] double covered(const Area& area, Index owner) {
    double sum = 0;
    ++round_;
    for_squares(area, [&](std::int64_t square) {
      const auto found = squares_.find(square);
      if (found == squares_.end()) {
        return;
      }
      for (const Index number : found->second) {
        Noted& noted = areas_[number];
        if (noted.owner != owner && noted.round != round_) {
          noted.round = round_;
          sum += overlap(area, noted.area) * noted.weight;
        }
      }
    });
    return sum;
  }

 private:
  struct Noted {
    Area area;
    double weight = 0;
    Index owner = k_none;
    std::uint64_t round = 0;
  };

  template <typename Use>
  static void for_squares(const Area& area, const Use& use) {
    constexpr double k_side = 96;
    const auto from = [](double at) {
      return static_cast<std::int64_t>(std::floor(at / k_side));
    };
    for (std::int64_t x = from(area.left); x <= from(area.right); ++x) {
      for (std::int64_t y = from(area.top); y <= from(area.bottom); ++y) {
        use((x << 32) ^ (y & 0xffffffff));
      }
    }
  }

  std::vector<Noted> areas_;
  std::unordered_map<std::int64_t, std::vector<Index>> squares_;
  std::uint64_t round_ = 0;
};

}  // namespace kprofefe::layout
