// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "collect/plan.hpp"
#include "collect/route.hpp"
#include "collect/target.hpp"

#include <string>

namespace kprofefe::collect {

/// What to do where the connection was cut while a profile was sampled, by
/// somebody's limit: of what stands between and cuts what is silent, `; cut 10s
/// into a profile of 30s: use --seconds 8`; or, after the sampling, of the
/// program's own server, when it begins to write. Empty for what does not
/// sample over time, for a cut that came too soon for any limit, and where
/// whoever cut it said why.
std::string advise_on_cut(const RouteError& cut, const Fetch& fetch);

/// Advice if the target's port speaks another protocol than its scheme
/// says, by the error's words: names the annotation to set. Empty when they
/// tell of nothing of the kind.
std::string advise_annotation(const Target& target, const Error& error);

}  // namespace kprofefe::collect
