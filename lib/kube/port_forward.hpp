// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "base/fd.hpp"
#include "base/result.hpp"
#include "kube/api.hpp"
#include "kube/forward/forward_refusal.hpp"

#include <chrono>
#include <expected>
#include <memory>
#include <optional>
#include <stop_token>

namespace kprofefe::kube {

struct ForwardOptions {
  std::chrono::milliseconds timeout;  ///< of opening it
  std::stop_token stop;               ///< opening ends at once (cancelled)
  /// As kubectl: load balancers and proxies cut what is silent for 20 or 30 s,
  /// as a forward is while a CPU profile is sampled.
  std::chrono::milliseconds ping_interval{5000};
};

/// One TCP connection to a port of a pod's 127.0.0.1, through the API server
/// and the pod's kubelet: GET .../pods/NAME/portforward as a WebSocket of
/// v4.channel.k8s.io, which needs `get` on pods/portforward (from Kubernetes
/// 1.35 also `create`). No local port is opened: the near end is a socket pair.
/// Pings keep it alive.
class PortForward {
 public:
  using Opened = std::expected<std::unique_ptr<PortForward>, ForwardRefusal>;

  /// Opens it. The pod's port is dialled with it, but whether that worked shows
  /// only later: see failure().
  static async::Task<Opened> open(Api* api, PodPort target,
                                  ForwardOptions options);

  class Pump;
  explicit PortForward(std::shared_ptr<Pump> pump);
  PortForward(const PortForward&) = delete;
  PortForward& operator=(const PortForward&) = delete;
  /// Ends the connection, the pod's end of it too.
  ~PortForward();

  /// Begins to carry bytes between the pod and `near_end`, a local stream
  /// socket. False, and nothing happens, when it has one or is_over().
  bool attach(Fd near_end);

  /// One of the ends has closed: nothing else can come through.
  [[nodiscard]] bool is_over() const;

  /// What the other side says went wrong: unreachable, when nothing listens on
  /// the port; network (who closed the forward says why, or it was cut),
  /// malformed.
  [[nodiscard]] std::optional<Error> failure() const;

 private:
  std::shared_ptr<Pump> pump_;
};

}  // namespace kprofefe::kube
