// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/legacy/parsed.hpp"
#include "pprof/profile.hpp"

#include <vector>

namespace kprofefe::pprof::legacy {

/// Gives the profile the mappings that were found, after pprof's
/// massageMappings: adjacent pieces of a file as one, what is taken for the
/// program first. Then place_locations().
Parsed<void> place_mappings(Profile& profile,
                            const std::vector<Mapping>& found);

/// Gives each location that has an address and no mapping the one that its
/// address is in, after pprof's remapMappingIDs; a mapping of all addresses is
/// added for those that are in none. Refusals: too_large, for more pairs of
/// both than can be looked at.
Parsed<void> place_locations(Profile& profile);

}  // namespace kprofefe::pprof::legacy
