// SPDX-License-Identifier: MIT
#pragma once

#include "collect/route.hpp"
#include "collect/target_access.hpp"
#include "http/client.hpp"
#include "kube/api.hpp"

#include <memory>

namespace kprofefe::collect {

/// Through the API server and the pod's node to a port of the pod's 127.0.0.1:
/// needs `get` on pods/portforward (from Kubernetes 1.35 on also `create`) and
/// opens no local port. One forward and one connection a target. What is
/// refused to a whole namespace or to everybody is learnt from its first pod,
/// for whose answer the others wait a little. Both pointers must outlive the
/// route.
std::unique_ptr<Route> port_forward_route(http::Client* client, kube::Api* api,
                                          TargetAccess access);

}  // namespace kprofefe::collect
