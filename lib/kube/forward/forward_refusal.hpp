// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "http/message.hpp"
#include "http/websocket_close.hpp"
#include "kube/cluster_config.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kprofefe::kube {

/// A port of a pod.
struct PodPort {
  std::string ns;
  std::string pod;
  std::uint16_t port = 0;
};

/// Why there is no port-forward, and whether asking for another pod can help.
struct ForwardRefusal {
  enum class Reach {
    this_pod,
    this_namespace,  ///< RBAC
    every_pod        ///< no upgrade gets through to the API server
  };

  Error error;
  Reach reach = Reach::this_pod;
};

/// Why `response`, which is no agreement to a WebSocket, refuses a
/// port-forward, and what to do about it: denied (names the verb that RBAC
/// lacks), not_found (the pod), unreachable (its node is gone), http_status (a
/// proxy on the way does not pass upgrades on), malformed.
ForwardRefusal explain_forward_refusal(const PodPort& target,
                                       const ClusterConfig& cluster,
                                       const http::Response& response);

/// The error in a peer's close of the forward: network;
/// nothing where it is an ordinary end, as when the pod has closed.
std::optional<Error> explain_close(const http::CloseFrame& frame);

/// What the error channel's `text`, in the words of the node's container
/// runtime, means: unreachable.
Error explain_error_channel(std::string_view text, std::uint16_t port);

}  // namespace kprofefe::kube
