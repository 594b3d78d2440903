// SPDX-License-Identifier: MIT
#include "pprof/scale.hpp"

#include "pprof/filter/sample_filter.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace kprofefe::pprof {
namespace {

bool all_ones(std::span<const double> ratios) {
  return std::ranges::all_of(ratios, [](double ratio) { return ratio == 1; });
}

/// Whether one of the values that were multiplied is not 0.
bool scale_values(std::span<std::int64_t> values,
                  std::span<const double> ratios) {
  bool keep = false;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (ratios[i] != 1) {
      values[i] =
          to_integer(std::round(static_cast<double>(values[i]) * ratios[i]));
      keep = keep || values[i] != 0;
    }
  }
  return keep;
}

}  // namespace

std::int64_t to_integer(double value) {
  constexpr double k_limit = 9223372036854775808.0;
  return value >= -k_limit && value < k_limit
             ? static_cast<std::int64_t>(value)
             : std::numeric_limits<std::int64_t>::min();
}

void scale(Profile& profile, std::span<const double> ratios) {
  if (!all_ones(ratios)) {
    keep_samples(profile, [&](std::size_t index) {
      return scale_values(profile.values_of(index), ratios);
    });
  }
}

void scale_sums(Profile& profile, double ratio) {
  std::vector<double> carried(profile.sample_types.size(), 0);
  for (std::size_t i = 0; i < profile.samples.size(); ++i) {
    const auto values = profile.values_of(i);
    for (std::size_t type = 0; type < values.size(); ++type) {
      const double exact =
          static_cast<double>(values[type]) * ratio + carried[type];
      values[type] = to_integer(std::round(exact));
      carried[type] = exact - static_cast<double>(values[type]);
    }
  }
}

void scale_in_place(Profile& profile, std::span<const double> ratios) {
  if (all_ones(ratios)) {
    return;
  }
  for (std::size_t i = 0; i < profile.samples.size(); ++i) {
    if (!scale_values(profile.values_of(i), ratios)) {
      std::ranges::fill(profile.values_of(i), 0);
    }
  }
}

}  // namespace kprofefe::pprof
