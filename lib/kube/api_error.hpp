// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "http/message.hpp"
#include "kube/cluster_config.hpp"

#include <optional>
#include <string>

namespace kprofefe::kube {

/// What was asked of the API server, as RBAC names it.
struct ApiCall {
  std::string verb;      ///< `list`, `get`
  std::string resource;  ///< `pods`, `pods/proxy`
  std::string ns;        ///< empty: all namespaces
  std::string name;      ///< empty: not about one object

  /// `list pods in namespace "x"`, `get pod "a" in namespace "x"`.
  [[nodiscard]] std::string text() const;
};

/// Why `response`, whose status is no success or whose body is no JSON, is not
/// what was requested, and what to do about it: denied (401, 403; names what
/// was sent to the server, or the missing RBAC rule), not_found (404),
/// malformed (HTML: a proxy or a login page), else http_status.
Error explain_response(const ApiCall& call, const ClusterConfig& cluster,
                       const http::Response& response);

/// Why there was no response at all: the server's address, and with a failed
/// TLS handshake what its certificate was verified with.
Error explain_failure(const ApiCall& call, const ClusterConfig& cluster,
                      const Error& error);

/// The same for an answer that came by a pod's proxy path; nothing when the pod
/// itself has answered, whatever its status. Beside the kinds above:
/// unreachable, when the API server did not get through to the pod.
std::optional<Error> explain_proxy_refusal(const ApiCall& call,
                                           const ClusterConfig& cluster,
                                           const http::Response& response);

/// True for a body that is a page for a browser.
bool is_html(const http::Response& response);

}  // namespace kprofefe::kube
