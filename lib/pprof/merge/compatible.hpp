// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "pprof/profile.hpp"

#include <span>
#include <string>
#include <vector>

namespace kprofefe::pprof {

/// What profiles are brought to before they are added up.
struct CommonTypes {
  std::vector<std::string> types;
  std::vector<std::string> units;  ///< of each type
  std::string period_unit;
};

/// The sample types that all have, in the order of the first one, each in the
/// finest of their units (pprof's CompatibilizeSampleTypes and ScaleProfiles).
/// At least one profile. Errors: usage, when nothing is common or units cannot
/// be converted.
Result<CommonTypes> find_common_types(std::span<const Profile* const> profiles);

/// Brings a profile to types that it has. A sample may be 0 afterwards.
void convert_to(const CommonTypes& common, Profile& profile);

/// Brings both to what they have in common, unless they measure the same
/// already. Errors: as find_common_types.
Result<void> make_compatible(Profile& first, Profile& second);

/// Whether values of both can be added up as they are.
bool have_same_types(const Profile& first, const Profile& second);

/// The same as an error: usage, naming the types of both.
Result<void> check_same_types(const Profile& first, const Profile& second);

/// `cpu/nanoseconds`, for messages.
std::string value_kind_text(const Profile& profile, const ValueKind& kind);

}  // namespace kprofefe::pprof
