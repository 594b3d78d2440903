// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/profile.hpp"

#include <string>

namespace kprofefe::pprof {

/// The profile as a profile.proto message: ids count from 1 in the order of
/// the vectors, and the string table has what is named, each once.
std::string encode_profile(const Profile& profile);

/// The same compressed with gzip, as pods and `go tool pprof -proto` send it.
std::string write_profile(const Profile& profile);

}  // namespace kprofefe::pprof
