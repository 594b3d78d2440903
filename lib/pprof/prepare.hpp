// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/function_names.hpp"
#include "pprof/profile.hpp"

namespace kprofefe::pprof {

/// What `go tool pprof` does to each source before it combines them: when a
/// profile has no mapping at all, an empty one becomes that of every location.
void add_missing_mapping(Profile& profile);

/// What `go tool pprof` does to the combined profile before any report: names
/// become those of the source, drop_frames are pruned, mappings whose file is a
/// URL lose it. (It also looks for symbols in binaries; we do not.)
void prepare(Profile& profile, const NameOptions& names = {});

}  // namespace kprofefe::pprof
