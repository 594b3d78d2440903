// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/profile.hpp"

#include <algorithm>
#include <cstddef>

namespace kprofefe::pprof {

/// Drops the samples for which `keep(index)` does not hold, with their values;
/// the others keep their order. Indices are those before.
template <typename Keep>
void keep_samples(Profile& profile, Keep&& keep) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < profile.samples.size(); ++i) {
    if (!keep(i)) {
      continue;
    }
    if (kept != i) {
      profile.samples[kept] = profile.samples[i];
      std::ranges::copy(profile.values_of(i), profile.values_of(kept).begin());
    }
    ++kept;
  }
  profile.samples.resize(kept);
  profile.values.resize(kept * profile.sample_types.size());
}

}  // namespace kprofefe::pprof
