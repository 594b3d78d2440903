// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "base/result.hpp"
#include "http/client.hpp"
#include "http/message.hpp"
#include "kube/api.hpp"
#include "kube/port_forward.hpp"

#include <memory>
#include <string>

namespace kprofefe::kube {

/// A Service as people name it.
struct ServiceName {
  std::string ns;
  std::string name;
  std::string port;  ///< a number or a name; empty: its only one
};

/// A tunnel to a running pod of a Service, as `kubectl port-forward svc/NAME`
/// makes it: a port-forward for each connection that is opened through it. No
/// local port is opened. `client` sends the requests of the tunnel and must
/// outlive it; a forward that is still being opened keeps the API alive.
struct ServiceForward {
  std::shared_ptr<const http::Tunnel> tunnel;
  std::uint16_t port = 0;  ///< of the Service
};

/// Finds the pod; needs `get` on services and `list` on pods. Errors: usage (no
/// such port), not_found (no such Service, or none of its pods runs), denied,
/// and what else the API server fails with.
async::Task<Result<ServiceForward>> forward_service(http::Client* client,
                                                    std::shared_ptr<Api> api,
                                                    ServiceName service,
                                                    ForwardOptions options);

}  // namespace kprofefe::kube
