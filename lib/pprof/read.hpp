// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "pprof/profile.hpp"
#include "pprof/read_limits.hpp"

#include <string_view>

namespace kprofefe::pprof {

/// Reads a profile.proto message, gzip (several members too) or plain, by the
/// rules of github.com/google/pprof/profile (postDecode, CheckValid): ids may
/// be any numbers but 0, each once; a location may name a mapping that is not
/// there and then has none; of a label with neither a text nor a number other
/// than 0 nor a unit nothing is kept. Labels of a sample come sorted, see
/// Profile::labels. Memory stays within some times the message's size. What
/// is no such message is tried as one of the formats that pprof calls legacy,
/// see legacy/formats.hpp. Errors: malformed, saying where and what, also for
/// runtime traces and other formats, which are named.
Result<Profile> read_profile(std::string_view body,
                             const ReadLimits& limits = {});

}  // namespace kprofefe::pprof
