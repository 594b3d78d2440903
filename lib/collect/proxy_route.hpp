// SPDX-License-Identifier: MIT
#pragma once

#include "collect/route.hpp"
#include "collect/target_access.hpp"
#include "kube/api.hpp"

#include <memory>

namespace kprofefe::collect {

/// Through the API server, GET .../pods/NAME:PORT/proxy/...: needs `get` on
/// pods/proxy, and does not reach programs that listen on 127.0.0.1 only. The
/// API server keeps Authorization to itself, so pods that want it are not
/// asked this way; it does not verify a pod's certificate. A refusal is learnt
/// once for a namespace. `api` must outlive the route.
std::unique_ptr<Route> proxy_route(kube::Api* api, TargetAccess access);

}  // namespace kprofefe::collect
