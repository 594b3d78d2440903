// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "base/result.hpp"
#include "collect/target.hpp"
#include "http/client.hpp"
#include "kube/api.hpp"

#include <memory>
#include <optional>
#include <string_view>

namespace kprofefe::collect {

/// A way to a pod's HTTP server.
class Route {
 public:
  Route() = default;
  Route(const Route&) = delete;
  Route& operator=(const Route&) = delete;
  virtual ~Route() = default;

  /// As `--via` and the report name it.
  [[nodiscard]] virtual std::string_view name() const = 0;

  /// Whether a pod without an address cannot be reached this way.
  [[nodiscard]] virtual bool needs_ip() const = 0;

  /// A request to the pod's server for `path_and_query`, as `GET` of whatever
  /// the caller adds to it (timeouts, budget, stop).
  [[nodiscard]] virtual http::Request request(
      const Target& target, std::string_view path_and_query) const = 0;

  /// Sends what request() made. Errors as of http::Client::send().
  [[nodiscard]] virtual async::Task<Result<http::Response>> send(
      http::Request request) const = 0;

  /// The failure of the way itself, when `response` comes from something that
  /// stands between us and the pod; nothing when the pod has answered.
  [[nodiscard]] virtual std::optional<Error> refusal(
      const Target& target, const http::Response& response) const = 0;
};

/// Straight to the pod's address: in the cluster, or in a flat network.
/// `client` must outlive the route.
std::unique_ptr<Route> pod_ip_route(http::Client* client);

/// Through the API server, GET .../pods/NAME:PORT/proxy/...: needs `get` on
/// pods/proxy, and does not reach programs that listen on 127.0.0.1 only.
/// `api` must outlive the route.
std::unique_ptr<Route> proxy_route(kube::Api* api);

}  // namespace kprofefe::collect
