// SPDX-License-Identifier: MIT
#pragma once

#include "collect/route.hpp"
#include "collect/target_access.hpp"
#include "http/client.hpp"

#include <memory>

namespace kprofefe::collect {

/// Straight to the pod's address, to the first that answers if it has several:
/// in the cluster, or in a flat network. Needs no rights. `client` must outlive
/// the route.
std::unique_ptr<Route> pod_ip_route(http::Client* client, TargetAccess access);

}  // namespace kprofefe::collect
