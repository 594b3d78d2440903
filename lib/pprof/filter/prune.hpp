// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/profile.hpp"
#include "pprof/regex.hpp"

namespace kprofefe::pprof {

/// Cuts each stack below the frame nearest to the root that matches `drop`
/// and not `keep` (which may be null), with that frame; frames before the
/// first that does not match stay. pprof's Prune. C++ names match without
/// their arguments.
void prune(Profile& profile, const Regex& drop, const Regex* keep);

/// Cuts each stack below the frame nearest to the leaf that matches, without
/// that frame. pprof's PruneFrom.
void prune_from(Profile& profile, const Regex& from);

}  // namespace kprofefe::pprof
