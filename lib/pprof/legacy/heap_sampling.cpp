// SPDX-License-Identifier: MIT
#include "pprof/legacy/heap_sampling.hpp"

#include "pprof/scale.hpp"

#include <cmath>

namespace kprofefe::pprof::legacy {

Blocks unsampled(Blocks sampled, std::int64_t rate) {
  if (sampled.count == 0 || sampled.bytes == 0) {
    return {};
  }
  // Every block was a sample, or nobody knows how many were.
  if (rate <= 1) {
    return sampled;
  }
  const auto count = static_cast<double>(sampled.count);
  const auto bytes = static_cast<double>(sampled.bytes);
  const double size = bytes / count;
  const double scale = 1 / (1 - std::exp(-size / static_cast<double>(rate)));
  return {.count = to_integer(count * scale),
          .bytes = to_integer(bytes * scale)};
}

}  // namespace kprofefe::pprof::legacy
