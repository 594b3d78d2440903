// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "base/result.hpp"
#include "http/client.hpp"
#include "http/message.hpp"
#include "http/retry.hpp"
#include "kube/api_error.hpp"
#include "kube/cluster_config.hpp"
#include "kube/page_walk.hpp"
#include "kube/pod.hpp"
#include "kube/pod_reader.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>

namespace kprofefe::kube {

struct ApiOptions {
  std::chrono::milliseconds timeout{30000};  ///< of one request
  std::chrono::milliseconds connect_timeout{5000};
  http::RetryPolicy retry{.max_delay = std::chrono::seconds(30)};
  /// Tries in all when the server names a time to wait (client-go: ten).
  int tries_when_asked_to_wait = 10;
  std::stop_token stop;
};

/// What a list came to.
struct ListSummary {
  std::size_t pods = 0;
  std::size_t pages = 0;
  std::size_t restarts = 0;  ///< how often it had to start again
};

/// The API server of one cluster, asked as one user. `client` must outlive it,
/// and it its tasks.
class Api {
 public:
  Api(http::Client* client, ClusterConfig cluster, ApiOptions options);

  /// Lists pods page by page and hands them on one by one, each once, as they
  /// are read; memory is that of one page. 429 and 5xx are tried again, an
  /// expired page is asked for again. Errors: denied, not_found, unreachable,
  /// network, timeout, malformed, http_status, cancelled; pods handed on before
  /// are then not all.
  async::Task<Result<ListSummary>> list_pods(PodQuery query, OnPod on_pod);

  /// One pod. Errors: as above; usage for a name that cannot be one;
  /// not_found: `pod "x" not found in namespace "y"`.
  async::Task<Result<Pod>> get_pod(std::string ns, std::string name);

  /// A GET of `path_and_query` (from `/api/...` on; the server's own prefix is
  /// put before it) with our TLS settings, credentials and timeouts. Whoever
  /// sends it long after should have asked later: tokens change.
  [[nodiscard]] http::Request request(std::string_view path_and_query) const;

  /// Sends what request() made. After a 401 the token is read again, and if it
  /// is another one the request is sent once more.
  async::Task<Result<http::Response>> send(http::Request request);

  /// Why a response by pod_proxy_path() is not the pod's: the API server does
  /// not allow it, or cannot reach the pod. Nothing when the pod has answered.
  [[nodiscard]] std::optional<Error> refusal_of_proxy(
      const std::string& ns, const std::string& pod,
      const http::Response& response) const;

  [[nodiscard]] const ClusterConfig& cluster() const { return cluster_; }

 private:
  async::Task<Result<http::Response>> send_patiently(http::Request request);
  [[nodiscard]] int tries_for(const Result<http::Response>& outcome) const;

  http::Client* client_;
  ClusterConfig cluster_;
  ApiOptions options_;
  /// The server has answered before, so a broken connection may pass.
  bool has_answered_ = false;
};

/// Path of a pod's HTTP server through the API server, to which the path on
/// the pod is appended. Needs `get` on pods/proxy; reaches what listens on the
/// pod's address, not on its 127.0.0.1.
std::string pod_proxy_path(std::string_view ns, std::string_view pod,
                           std::uint16_t port, bool https = false);

}  // namespace kprofefe::kube
