// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/legacy/parsed.hpp"
#include "pprof/legacy/profile_maker.hpp"

#include <string_view>

namespace kprofefe::pprof::legacy {

/// Reads what stands behind the samples of a Java profile, a line for each
/// address, and finishes the profile; afterwards no location has an address:
///
///     0x1 com.example.Main.run (Main.java:12)
///     0x2 memcpy (/lib/x86_64-linux-gnu/libc.so.6)
///     0x3 GC
///
/// Other lines are passed over. Refusals: damaged, for an address of more than
/// 64 bits.
Parsed<void> read_java_locations(std::string_view text, ProfileMaker& maker);

}  // namespace kprofefe::pprof::legacy
