// SPDX-License-Identifier: MIT
#include "view/text/colour.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace kprofefe::view {
namespace {

/// Of the HSV colour space.
struct Shade {
  double saturation = 0;
  double value = 0;
};

/// 0 of what is no number, as Go converts it on amd64.
int to_byte(double part) {
  constexpr double k_most = 255;
  return std::isnan(part) ? 0 : static_cast<int>(part * k_most);
}

std::string colour(double score, Shade shade) {
  // Small values get more of the range than their share.
  constexpr double k_exponent = 0.3;
  constexpr double k_grey = 0.2;
  score = std::isnan(score) ? score : std::clamp(score, -1.0, 1.0);
  const double size = std::abs(score);
  if (size < k_grey) {
    shade.saturation *= size / k_grey;
  }
  const double shift = shade.saturation * std::pow(size, k_exponent);
  const double weaker = shade.value * (1 - shift);
  return fmt::format("#{:02x}{:02x}{:02x}",
                     to_byte(score < 0 ? weaker : shade.value),
                     to_byte(score < 0 ? shade.value : weaker),
                     to_byte(shade.value * (1 - shade.saturation)));
}

}  // namespace

std::string line_colour(double score) {
  return colour(score, {.saturation = 1.0, .value = 0.7});
}

std::string fill_colour(double score) {
  return colour(score, {.saturation = 0.1, .value = 0.93});
}

}  // namespace kprofefe::view
