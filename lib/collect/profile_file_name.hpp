// SPDX-License-Identifier: MIT
#pragma once

#include "collect/sink.hpp"

#include <cstddef>
#include <string>

namespace kprofefe::collect {

/// How long a file's name may be where its file system does not say less.
inline constexpr std::size_t k_max_name_bytes = 255;

/// The file name of a profile: `profile-<type>-<namespace>_<pod>-<unix>.pb.gz`,
/// `.trace` for a trace. No name of Kubernetes holds `_`, so no two pods share
/// one. `copy` > 0 adds `-<copy>` when the name is taken. Where that would be
/// longer than `max_bytes`, namespace and pod are cut, and `~` and a hash of
/// both keep apart those that differ only behind the cut.
std::string profile_file_name(const FetchedProfile& profile, int copy,
                              std::size_t max_bytes = k_max_name_bytes);

}  // namespace kprofefe::collect
