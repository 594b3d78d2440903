// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/profile.hpp"

namespace kprofefe::pprof::legacy {

/// Sets which frames are dropped and kept: pprof's addLegacyFrameInfo. By the
/// sample types the profile is one of memory (then what allocates is dropped),
/// of contention (what locks), or another (what profiles).
void set_frame_expressions(Profile& profile);

}  // namespace kprofefe::pprof::legacy
