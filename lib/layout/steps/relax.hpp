// SPDX-License-Identifier: MIT
#pragma once

#include <span>

namespace kprofefe::layout {

/// A thing that would rather be at `wanted`, the more the greater its weight,
/// and must be at least `distance` right of the one before it.
struct Wish {
  double wanted = 0;
  double weight = 1;
  double distance = 0;
};

/// Where each goes, into `places`, so that the sum of the weighted squares of
/// their distances from where they would be is least: isotonic regression, by
/// pooling adjacent violators.
void relax(std::span<const Wish> wishes, std::span<double> places);

}  // namespace kprofefe::layout
