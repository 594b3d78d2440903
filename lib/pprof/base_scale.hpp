// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/profile.hpp"

#include <cstddef>
#include <string>

namespace kprofefe::pprof {

/// By what the values of a base are multiplied, so that it is as much as what
/// it is compared with.
struct BaseScale {
  double factor = 1;
  /// For people: `the base covers 30s and the profile 1m0s`; empty for 1.
  std::string why;
};

/// Of profiles that sample over time the time they sampled, all pods together
/// (Profile::duration_nanos, which merging adds up); of others the number of
/// pods. 1 where that is not known.
BaseScale base_scale(const Profile& profile, std::size_t pods,
                     const Profile& base, std::size_t base_pods);

}  // namespace kprofefe::pprof
