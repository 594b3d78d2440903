// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/legacy/lines.hpp"
#include "pprof/legacy/parsed.hpp"
#include "pprof/profile.hpp"
#include "pprof/read_limits.hpp"

#include <string_view>

namespace kprofefe::pprof::legacy {

/// Whether a memory map follows this line.
bool starts_memory_map(std::string_view line);

/// Reads lines of /proc/PID/maps, or `START-END: FILE (@OFFSET) BUILDID`, up to
/// the end; other lines are passed over, and so is what cannot be executed.
/// Puts what is mapped into the profile, and each location into its mapping.
/// Refusals: damaged, for a line that is too long; too_large.
Parsed<void> read_memory_map(Lines& lines, Profile& profile,
                             const ReadLimits& limits);

/// The same from the next line on that starts one, line() included. None has
/// to come.
Parsed<void> find_memory_map(Lines& lines, Profile& profile,
                             const ReadLimits& limits);

}  // namespace kprofefe::pprof::legacy
