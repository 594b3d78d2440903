// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "pprof/profile.hpp"
#include "pprof/read_limits.hpp"

#include <optional>
#include <string_view>

namespace kprofefe::pprof::legacy {

/// Reads the formats that pprof reads besides profile.proto (see formats.hpp)
/// into the profile that it makes of them. Nothing: the bytes, decompressed,
/// begin like none of them. Errors: malformed, with the line and what is wrong
/// there.
std::optional<Result<Profile>> read(std::string_view bytes,
                                    const ReadLimits& limits);

}  // namespace kprofefe::pprof::legacy
