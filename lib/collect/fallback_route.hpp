// SPDX-License-Identifier: MIT
#pragma once

#include "base/debug_log.hpp"
#include "collect/route.hpp"

#include <memory>
#include <vector>

namespace kprofefe::collect {

/// Several routes in the order in which to try them. Each target goes on to the
/// next one when the route before it is closed, or has brought not one byte of
/// the pod's and time is left, and the pod has never answered on it. A route
/// that is not closed is abandoned only if the next one gets a response.
/// What another route would not change (no such pod, a certificate that cannot
/// be verified, a pod that is silent) stays as it is. `routes` is not empty;
/// `log`, which may be null, hears of each change and must outlive the route.
std::unique_ptr<Route> fallback_route(
    std::vector<std::unique_ptr<Route>> routes, const DebugLog* log = nullptr);

}  // namespace kprofefe::collect
