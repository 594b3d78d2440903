// SPDX-License-Identifier: MIT
#pragma once

#include "collect/route.hpp"

#include <memory>
#include <vector>

namespace kprofefe::collect {

/// Several routes in the order in which to try them. Each target goes on to the
/// next one when the way before it is closed and the pod has never answered on
/// it; what another way would not change (no such pod, a certificate that
/// cannot be verified) stays as it is. `routes` is not empty.
std::unique_ptr<Route> fallback_route(
    std::vector<std::unique_ptr<Route>> routes);

}  // namespace kprofefe::collect
