// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/profile.hpp"

namespace kprofefe::pprof::legacy {

/// A profiler that takes the leaf's address from the signal and from the stack
/// has it twice, one of them with 1 taken off: pprof's
/// cleanupDuplicateLocations drops that one.
void drop_doubled_leaves(Profile& profile);

/// Drops the second frame of all stacks, and once more, where (almost) all have
/// the same: it is the profiler's signal handler.
void drop_signal_handler(Profile& profile);

/// Leaves out locations that no sample names; the others come in the order in
/// which samples first name them.
void keep_named_locations(Profile& profile);

}  // namespace kprofefe::pprof::legacy
