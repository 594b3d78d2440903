// SPDX-License-Identifier: MIT
#include "kube/forward/forward_refusal.hpp"

#include "base/text.hpp"
#include "http/error_text.hpp"
#include "http/html_text.hpp"
#include "http/url.hpp"
#include "kube/api/status.hpp"
#include "kube/api_error.hpp"

#include <fmt/format.h>

namespace kprofefe::kube {
namespace {

using Reach = ForwardRefusal::Reach;

/// The runtime's error text names hashes and folders first; its end says why.
constexpr std::size_t k_max_reason = 200;
constexpr std::size_t k_max_error_text = std::size_t{4} << 10;

/// The API server never saw that an upgrade was asked for, or something else
/// has answered in its place. What says that there is too much to do, or that
/// something on the way is broken, says nothing of upgrades.
bool lost_the_upgrade(const http::Response& response) {
  const int code = response.status;
  if (const auto status = parse_status(response.body.bytes)) {
    return code == 400 && status->message.contains("pgrade request required");
  }
  return code == 200 || (code >= 300 && code < 400) || code == 400 ||
         code == 404 || code == 426;
}

/// Before Kubernetes 1.35 it takes `get`, since then `create` too; the server
/// says which of them is missing.
std::string missing_verb(const http::Response& response) {
  return response.body.bytes.view().contains("cannot create resource")
             ? "create"
             : "get";
}

/// The node that should forward, when that is what cannot be found: the API
/// server names it as if it were a pod, `pods "NODE" not found`.
std::optional<std::string> missing_node(const PodPort& target,
                                        const http::Response& response) {
  const std::optional<Status> status = parse_status(response.body.bytes);
  if (response.status != 404 || !status || status->name.empty() ||
      status->name == target.pod) {
    return std::nullopt;
  }
  return status->name;
}

/// What came in place of a WebSocket in words of its own: not a page, and not
/// the API server's or a redirect's, whose cause is known.
std::string own_words(const http::Response& response) {
  const bool is_redirect = response.status >= 300 && response.status < 400;
  return is_redirect || is_html(response) || parse_status(response.body.bytes)
             ? std::string()
             : http::error_text(response.body.bytes);
}

/// Where or what the page is that came in place of a WebSocket.
std::string page_of(const http::Response& response) {
  const auto location = http::find_header(response.headers, "Location");
  const std::string title =
      is_html(response) ? http::html_text(response.body.bytes) : std::string();
  if (location) {
    return fmt::format(" with a redirect to {}", one_line(*location));
  }
  return title.empty() ? "" : fmt::format(" with a page (\"{}\")", title);
}

ForwardRefusal explain_lost_upgrade(const ClusterConfig& cluster,
                                    const http::Response& response) {
  const std::string words = own_words(response);
  const std::string what = fmt::format(
      "{} returned {}{} instead of opening a WebSocket",
      http::origin(cluster.server), response.status, page_of(response));
  if (words.empty()) {
    return {.error = {ErrorKind::http_status,
                      what + "; a proxy in front of it does not forward "
                             "upgrades"},
            .reach = Reach::every_pod};
  }
  // A 400 may be the word of one node's kubelet, which did see an upgrade.
  return {.error = {ErrorKind::http_status,
                    fmt::format("{}: {}; does a proxy in front of it "
                                "forward upgrades?",
                                what, words)},
          .reach = response.status == 400 ? Reach::this_pod : Reach::every_pod};
}

Reach reach_of(int status) {
  switch (status) {
    case 401:
      return Reach::every_pod;
    case 403:
      return Reach::this_namespace;
    default:
      return Reach::this_pod;
  }
}

}  // namespace

ForwardRefusal explain_forward_refusal(const PodPort& target,
                                       const ClusterConfig& cluster,
                                       const http::Response& response) {
  if (lost_the_upgrade(response)) {
    return explain_lost_upgrade(cluster, response);
  }
  if (const auto node = missing_node(target, response)) {
    return {.error = {ErrorKind::unreachable,
                      fmt::format("{} has no node \"{}\", which the pod is "
                                  "assigned to",
                                  http::origin(cluster.server), *node)}};
  }
  const ApiCall call{.verb = missing_verb(response),
                     .resource = "pods/portforward",
                     .ns = target.ns,
                     .name = target.pod};
  return {.error = explain_response(call, cluster, response),
          .reach = reach_of(response.status)};
}

std::optional<Error> explain_close(const http::CloseFrame& frame) {
  if (frame.is_ordinary()) {
    return std::nullopt;
  }
  return Error{ErrorKind::network, "port-forward closed: " + frame.text()};
}

Error explain_error_channel(std::string_view text, std::uint16_t port) {
  if (text.contains("connection refused")) {
    return {ErrorKind::unreachable,
            fmt::format("connection refused: nothing listens on port {} of the "
                        "pod's 127.0.0.1",
                        port)};
  }
  const std::string line = one_line(text, k_max_error_text);
  const std::string_view end = std::string_view(line).substr(
      line.size() > k_max_reason ? line.size() - k_max_reason : 0);
  return {ErrorKind::unreachable,
          fmt::format("the pod's node cannot forward to port {}: {}{}", port,
                      end.size() < line.size() ? "..." : "", end)};
}

}  // namespace kprofefe::kube
