// SPDX-License-Identifier: MIT
#include "base/text.hpp"
#include "kube/api.hpp"
#include "kube/api/status.hpp"
#include "kube/names.hpp"
#include "kube/pods/pod_json.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>

namespace kprofefe::kube {
namespace {

/// Why there is no object, whose time is limited where kubectl's is not.
Error explain_no_answer(const ApiCall& call, const ClusterConfig& cluster,
                        const Error& error) {
  Error explained = explain_failure(call, cluster, error);
  if (error.kind == ErrorKind::timeout) {
    explained.message += "; raise --request-timeout";
  }
  return explained;
}

/// Why there is no page, which is larger the more pods it is to hold.
Error explain_no_page(const ApiCall& call, const ClusterConfig& cluster,
                      const Error& error) {
  Error explained = explain_no_answer(call, cluster, error);
  if (error.detail == ErrorDetail::body_too_large) {
    explained.message += "; lower --chunk-size to list fewer pods at a time";
  }
  return explained;
}

/// An API server does not do that, but what stands in front of it may.
Error explain_endless(const ApiCall& call, const ClusterConfig& cluster,
                      const Error& error) {
  Error explained = explain_failure(call, cluster, error);
  explained.message +=
      "; is a proxy in front of the API server? --chunk-size 0 lists all pods "
      "in one request";
  return explained;
}

/// The pods of one answer. Yields the token of the next page.
Result<std::string> read_answer(const ApiCall& call,
                                const ClusterConfig& cluster,
                                const http::Response& response, OnPod on_pod) {
  if (!response.ok() || is_html(response)) {
    return std::unexpected(explain_response(call, cluster, response));
  }
  const std::string name =
      fmt::format("{} from {}", call.text(), http::origin(cluster.server));
  return read_pods_json(response.body.bytes, name, std::move(on_pod));
}

}  // namespace

async::Task<Result<ListSummary>> Api::list_pods(PodQuery query, OnPod on_pod) {
  const ApiCall call{.verb = "list", .resource = "pods", .ns = query.ns};
  PageWalk walk(std::move(query));
  ListSummary summary;
  const OnPod once = [&](Pod&& pod) {
    if (walk.is_new(pod)) {
      ++summary.pods;
      on_pod(std::move(pod));
    }
  };
  for (;;) {
    http::Request page = request(walk.path());
    page.limits.max_body_bytes = walk.max_page_bytes();
    const Result<http::Response> response =
        co_await get_object(std::move(page));
    if (!response) {
      co_return std::unexpected(
          explain_no_page(call, cluster_, response.error()));
    }
    if (response->status == 410 &&
        walk.recover(parse_status(response->body.bytes))) {
      continue;
    }
    CO_TRY_ASSIGN(std::string next,
                  read_answer(call, cluster_, *response, once));
    const Result<bool> goes_on = walk.advance(std::move(next));
    if (!goes_on) {
      co_return std::unexpected(
          explain_endless(call, cluster_, goes_on.error()));
    }
    if (!*goes_on) {
      summary.pages = walk.pages();
      summary.restarts = walk.restarts();
      co_return summary;
    }
  }
}

async::Task<Result<Pod>> Api::get_pod(std::string ns, std::string name) {
  if (!is_dns_subdomain(name)) {
    co_return fail(ErrorKind::usage,
                   fmt::format("invalid pod name \"{}\"", one_line(name)));
  }
  const ApiCall call{.verb = "get", .resource = "pods", .ns = ns, .name = name};
  http::Request wanted =
      request(fmt::format("/api/v1/namespaces/{}/pods/{}", ns, name));
  const Result<http::Response> response =
      co_await get_object(std::move(wanted));
  if (!response) {
    co_return std::unexpected(
        explain_no_answer(call, cluster_, response.error()));
  }
  std::optional<Pod> pod;
  CO_TRY(read_answer(call, cluster_, *response,
                     [&](Pod&& found) { pod = std::move(found); }));
  if (!pod || pod->name != name || pod->ns != ns) {
    co_return fail(ErrorKind::malformed,
                   fmt::format("{}: {} returned a different object",
                               call.text(), http::origin(cluster_.server)));
  }
  co_return *std::move(pod);
}

async::Task<Result<Service>> Api::get_service(std::string ns,
                                              std::string name) {
  if (!is_dns_label(name)) {
    co_return fail(ErrorKind::usage,
                   fmt::format("invalid service name \"{}\"", one_line(name)));
  }
  const ApiCall call{
      .verb = "get", .resource = "services", .ns = ns, .name = name};
  http::Request wanted =
      request(fmt::format("/api/v1/namespaces/{}/services/{}", ns, name));
  const Result<http::Response> response =
      co_await get_object(std::move(wanted));
  if (!response) {
    co_return std::unexpected(
        explain_no_answer(call, cluster_, response.error()));
  }
  if (!response->ok() || is_html(*response)) {
    co_return std::unexpected(explain_response(call, cluster_, *response));
  }
  Result<Service> service = parse_service(response->body.bytes);
  if (!service || service->name != name || service->ns != ns) {
    co_return fail(ErrorKind::malformed,
                   fmt::format("{}: {} returned a different object",
                               call.text(), http::origin(cluster_.server)));
  }
  co_return service;
}

}  // namespace kprofefe::kube
