// SPDX-License-Identifier: MIT
#pragma once

#include "collect/route.hpp"

#include <memory>
#include <vector>

namespace kprofefe::collect {

/// Several routes in the order in which to try them. Each target goes on to the
/// next one when the route before it is closed, or has brought not one byte of
/// the pod's and time is left, and the pod has never answered on it. A route
/// that is not closed is left for good only if the next one brings an answer.
/// What another route would not change (no such pod, a certificate that cannot
/// be verified, a pod that is silent) stays as it is. `routes` is not empty.
std::unique_ptr<Route> fallback_route(
    std::vector<std::unique_ptr<Route>> routes);

}  // namespace kprofefe::collect
