// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/profile.hpp"
#include "view/prepare.hpp"

namespace kprofefe::view {

/// The rows of top() as a profile: a sample with one location for each, worth
/// `cum` and `flat` in the unit of the report, as of `go tool pprof -topproto`.
pprof::Profile top_profile(const Prepared& prepared);

}  // namespace kprofefe::view
