// SPDX-License-Identifier: MIT
#pragma once

#include "collect/sink.hpp"

#include <memory>
#include <string>

namespace kprofefe::collect {

/// The file name of a profile: `profile-<type>-<namespace>_<pod>-<unix>.pb.gz`,
/// `.trace` for a trace. No name of Kubernetes holds `_`, so no two pods share
/// one. `copy` > 0 adds `-<copy>` when the name is taken.
std::string profile_file_name(const FetchedProfile& profile, int copy);

/// Keeps profiles as files of one folder: created new and never through a
/// link, mode 0600, complete or absent. Errors: io, when there is no such
/// folder or nothing can be created in it.
Result<std::unique_ptr<Sink>> open_directory_sink(std::string directory);

}  // namespace kprofefe::collect
