// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/profile.hpp"

#include <map>
#include <string_view>
#include <vector>

namespace kprofefe::pprof {

/// The units of numeric labels by key, by pprof's rules (NumLabelUnits): the
/// first one that a sample says; when none does, `bytes` for `alignment` and
/// `request`, else the key itself. The views are the profile's strings.
struct LabelUnits {
  std::map<StringId, std::string_view> unit;
  /// Other units that were met, sorted, each once.
  std::map<StringId, std::vector<std::string_view>> ignored;
};

LabelUnits label_units(const Profile& profile);

}  // namespace kprofefe::pprof
