// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/profile.hpp"

namespace kprofefe::pprof {

/// Prunes by the profile's own drop_frames and keep_frames, as pprof's
/// RemoveUninteresting; nothing happens when they are no regular expressions.
void remove_dropped_frames(Profile& profile);

}  // namespace kprofefe::pprof
