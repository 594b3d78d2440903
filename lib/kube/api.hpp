// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "base/result.hpp"
#include "http/client.hpp"
#include "http/message.hpp"
#include "http/retry.hpp"
#include "http/websocket.hpp"
#include "kube/api/page_walk.hpp"
#include "kube/api/server_warnings.hpp"
#include "kube/api_error.hpp"
#include "kube/cluster_config.hpp"
#include "kube/pod.hpp"
#include "kube/pods/pod_reader.hpp"
#include "kube/service.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

namespace kprofefe::kube {

struct ApiOptions {
  std::chrono::milliseconds timeout{120000};  ///< of one request
  /// As Go's dialer; never more than `timeout`.
  std::chrono::milliseconds connect_timeout{30000};
  http::RetryPolicy retry{.max_delay = std::chrono::seconds(30)};
  /// Tries in all when the server names a time to wait (client-go: ten).
  int tries_when_asked_to_wait = 10;
  std::stop_token stop;
  OnWarning on_warning;  ///< gets each API server warning once
};

/// The result of a list.
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
  /// expired page is asked for again, redirects to the same server are
  /// followed; it ends whatever is answered (PageWalk). Errors: denied,
  /// unreachable, network, timeout, malformed, http_status, cancelled; pods
  /// handed on before are then not all.
  async::Task<Result<ListSummary>> list_pods(PodQuery query, OnPod on_pod);

  /// One pod. Errors: as above; usage for a name that cannot be one;
  /// not_found in the API server's own words only: `pod "x" not found in
  /// namespace "y"`.
  async::Task<Result<Pod>> get_pod(std::string ns, std::string name);

  /// One Service. Errors: as above.
  async::Task<Result<Service>> get_service(std::string ns, std::string name);

  /// A GET of `path_and_query` (from `/api/...` on; the server's own prefix is
  /// put before it) with our proxy, TLS settings and timeouts, for send().
  [[nodiscard]] http::Request request(std::string_view path_and_query) const;

  /// Sends what request() made for a pod_proxy_path(), with our credentials for
  /// the API server. The response may be the pod's: it is retried only when 429
  /// or 5xx come with a short Retry-After, and newer credentials are looked for
  /// only after a 401 in the API server's words. Errors: also those of
  /// CredentialSource::current().
  async::Task<Result<http::Response>> send_to_pod(http::Request request);

  /// Asks for a WebSocket at `path_and_query` with our TLS settings and
  /// credentials, each time within `limit` from a connection on; after a 401
  /// once more with newer ones, if there are any, and again while the server
  /// has too much to do.
  /// Errors: as http::WebSocket::open() and send_to_pod().
  async::Task<Result<http::WebSocket::Opened>> open_websocket(
      std::string path_and_query, std::string subprotocol,
      std::chrono::milliseconds limit, std::stop_token stop);

  /// Why a response by pod_proxy_path() is not the pod's: the API server does
  /// not allow it, or cannot reach the pod. Nothing when the pod has answered.
  [[nodiscard]] std::optional<Error> refusal_of_proxy(
      const std::string& ns, const std::string& pod,
      const http::Response& response) const;

  [[nodiscard]] const ClusterConfig& cluster() const { return cluster_; }

 private:
  /// What is asked for, which decides what an answer means.
  enum class Wanted { object, websocket, pod };

  template <typename Answer>
  using Way = std::function<async::Task<Result<Answer>>(http::Request)>;

  /// Asks by `way` with our credentials, and again while that may help.
  template <typename Answer>
  async::Task<Result<Answer>> ask(http::Request request, Way<Answer> way,
                                  Wanted wanted);
  template <typename Answer>
  async::Task<Result<Answer>> ask_once(http::Request request, Way<Answer> way,
                                       Wanted wanted);
  async::Task<Result<http::Response>> send(http::Request request,
                                           Wanted wanted);
  async::Task<Result<http::Response>> get_object(http::Request request);
  async::Task<Result<std::optional<Credential>>> newer_than(
      Credential rejected);
  template <typename Answer>
  void note_warnings(const Result<Answer>& answer, Wanted wanted);
  [[nodiscard]] CredentialSource::Access access() const;
  [[nodiscard]] int tries_after(const Error& error, Wanted wanted) const;
  [[nodiscard]] int tries_after(const http::Response& response,
                                Wanted wanted) const;

  http::Client* client_;
  ClusterConfig cluster_;
  ApiOptions options_;
  ServerWarnings warnings_;
  /// The server has answered before, so a broken connection may pass.
  bool has_answered_ = false;
  /// It was rejected, and there was nothing newer.
  std::optional<Credential> last_resort_;
};

/// Path of a pod's HTTP server through the API server, to which the path on
/// the pod is appended. Needs `get` on pods/proxy; reaches what listens on the
/// pod's address, not on its 127.0.0.1.
std::string pod_proxy_path(std::string_view ns, std::string_view pod,
                           std::uint16_t port, bool https = false);

}  // namespace kprofefe::kube
