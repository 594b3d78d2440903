// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace kprofefe::pprof::legacy {

/// Blocks of memory and their bytes.
struct Blocks {
  std::int64_t count = 0;
  std::int64_t bytes = 0;
};

/// What was allocated, where one byte in `rate` made a sample: pprof's
/// scaleHeapSample, which divides by the probability of 1-exp(-size/rate) that
/// a block of that size is among the samples.
Blocks unsampled(Blocks sampled, std::int64_t rate);

}  // namespace kprofefe::pprof::legacy
