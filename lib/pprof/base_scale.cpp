// SPDX-License-Identifier: MIT
#include "pprof/base_scale.hpp"

#include "base/duration.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cmath>

namespace kprofefe::pprof {
namespace {

/// Sampling never takes quite as long as it was asked to.
constexpr double k_equal = 0.02;

std::string duration_text(std::int64_t nanoseconds) {
  return format_duration(std::chrono::duration_cast<Milliseconds>(
      std::chrono::nanoseconds(nanoseconds)));
}

/// Go's CPU profile says so: its period is one of time.
bool samples_over_time(const Profile& profile) {
  return profile.duration_nanos > 0 && profile.period > 0 &&
         profile.strings.at(profile.period_type.unit) == "nanoseconds";
}

std::string pods_text(std::size_t pods) {
  return fmt::format("{} {}", pods, pods == 1 ? "pod" : "pods");
}

}  // namespace

BaseScale base_scale(const Profile& profile, std::size_t pods,
                     const Profile& base, std::size_t base_pods) {
  if (samples_over_time(profile) && samples_over_time(base)) {
    const double factor = static_cast<double>(profile.duration_nanos) /
                          static_cast<double>(base.duration_nanos);
    if (std::abs(factor - 1) <= k_equal) {
      return {};
    }
    return {.factor = factor,
            .why = fmt::format("the base sampled for {}, the other for {}",
                               duration_text(base.duration_nanos),
                               duration_text(profile.duration_nanos))};
  }
  if (pods == base_pods || pods == 0 || base_pods == 0) {
    return {};
  }
  return {.factor = static_cast<double>(pods) / static_cast<double>(base_pods),
          .why = fmt::format("the base is of {}, the other of {}",
                             pods_text(base_pods), pods_text(pods))};
}

}  // namespace kprofefe::pprof
