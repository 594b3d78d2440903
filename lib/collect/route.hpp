// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "base/result.hpp"
#include "collect/target.hpp"
#include "http/message.hpp"

#include <chrono>
#include <expected>
#include <memory>
#include <string>
#include <string_view>

namespace kprofefe::collect {

/// Why there is no response from the pod.
struct RouteError {
  Error error;
  /// The pod cannot be reached this way at all, now or for another profile.
  bool closes_route = false;
  /// How long the answer was waited for.
  std::chrono::milliseconds waited{};
  /// The peer that closed the connection gave a reason.
  bool is_explained = false;
};

/// The pod's own response, whatever its status. A refusal by anything between
/// us and the pod is a failure.
using Answer = std::expected<http::Response, RouteError>;

/// A connection to one target's HTTP server, for sequential requests.
class Connection {
 public:
  Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  virtual ~Connection() = default;

  /// GET of `path_and_query`. `limits` says how long, how much and when to
  /// stop; URL, headers and TLS are the route's.
  virtual async::Task<Answer> get(std::string path_and_query,
                                  http::Limits limits) = 0;

  /// Name of the route that is in use, as `--via` and the report have it:
  /// `pod-ip`, `port-forward`, `proxy`.
  [[nodiscard]] virtual std::string_view via() const = 0;

  /// The one of the pod's addresses that is in use; empty when the route needs
  /// none.
  [[nodiscard]] virtual std::string_view address() const { return {}; }

  /// Why it is not the first choice: `port-forward: forbidden (403)...`; empty
  /// when it is.
  [[nodiscard]] virtual std::string fallback_reason() const { return {}; }
};

/// A route to pods; each is a file of its own.
class Route {
 public:
  Route() = default;
  Route(const Route&) = delete;
  Route& operator=(const Route&) = delete;
  virtual ~Route() = default;

  /// Whether this route needs the pod's address.
  [[nodiscard]] virtual bool needs_ip() const = 0;

  /// The way to `target`, which must outlive it, as must the route. Connects
  /// with its first request.
  [[nodiscard]] virtual std::unique_ptr<Connection> connect(
      const Target* target) = 0;
};

}  // namespace kprofefe::collect
