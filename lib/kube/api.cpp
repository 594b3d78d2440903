// SPDX-License-Identifier: MIT
#include "kube/api.hpp"

#include "async/sleep.hpp"
#include "base/text.hpp"
#include "kube/names.hpp"
#include "kube/pod_json.hpp"
#include "kube/status.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace kprofefe::kube {
namespace {

/// A page of 500 large pods is 10 MB; without pages a big cluster's list is
/// some hundred.
constexpr std::size_t k_max_page_bytes = std::size_t{1} << 30;

constexpr std::string_view k_authorization = "Authorization";

std::string* authorization_of(http::Request& request) {
  const auto found = std::ranges::find(request.headers, k_authorization,
                                       &http::Headers::value_type::first);
  return found == request.headers.end() ? nullptr : &found->second;
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

Api::Api(http::Client* client, ClusterConfig cluster, ApiOptions options)
    : client_(client),
      cluster_(std::move(cluster)),
      options_(std::move(options)) {}

http::Request Api::request(std::string_view path_and_query) const {
  http::Request request;
  request.url = fmt::format("{}{}{}", http::origin(cluster_.server),
                            cluster_.server.path, path_and_query);
  request.headers.emplace_back("Accept", "application/json");
  if (std::string shown = cluster_.credentials->authorization();
      !shown.empty()) {
    request.headers.emplace_back(k_authorization, std::move(shown));
  }
  request.connect_timeout = options_.connect_timeout;
  request.timeout = options_.timeout;
  request.tls = cluster_.tls;
  request.proxy = http::Proxy::from_environment;
  request.stop = options_.stop;
  return request;
}

async::Task<Result<http::Response>> Api::send(http::Request request) {
  Result<http::Response> outcome = co_await client_->send(request);
  std::string* shown = authorization_of(request);
  if (!outcome || outcome->status != 401 || shown == nullptr ||
      !cluster_.credentials->renew(*shown)) {
    co_return outcome;
  }
  *shown = cluster_.credentials->authorization();
  co_return co_await client_->send(std::move(request));
}

int Api::tries_for(const Result<http::Response>& outcome) const {
  if (!http::can_pass(outcome)) {
    return 1;
  }
  if (!outcome) {
    // As kubectl: who was never there is not waited for.
    return has_answered_ ? options_.retry.attempts : 1;
  }
  return http::retry_after(*outcome) ? options_.tries_when_asked_to_wait
                                     : options_.retry.attempts;
}

async::Task<Result<http::Response>> Api::send_patiently(http::Request request) {
  for (int attempt = 1;; ++attempt) {
    Result<http::Response> outcome = co_await send(request);
    if (attempt >= tries_for(outcome)) {
      has_answered_ |= outcome.has_value();
      co_return outcome;
    }
    has_answered_ |= outcome.has_value();
    const auto delay = http::retry_delay(options_.retry, attempt, outcome);
    const bool waited = co_await async::sleep_for(delay, request.stop);
    if (!waited) {
      co_return fail(ErrorKind::cancelled, "interrupted");
    }
    if (std::string* shown = authorization_of(request)) {
      *shown = cluster_.credentials->authorization();
    }
  }
}

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
    page.max_body_bytes = k_max_page_bytes;
    const Result<http::Response> response =
        co_await send_patiently(std::move(page));
    if (!response) {
      co_return std::unexpected(
          explain_failure(call, cluster_, response.error()));
    }
    if (response->status == 410 &&
        walk.recover(parse_status(response->body.bytes))) {
      continue;
    }
    CO_TRY_ASSIGN(std::string next,
                  read_answer(call, cluster_, *response, once));
    if (!walk.advance(std::move(next))) {
      summary.pages = walk.pages();
      summary.restarts = walk.restarts();
      co_return summary;
    }
  }
}

async::Task<Result<Pod>> Api::get_pod(std::string ns, std::string name) {
  if (!is_dns_subdomain(name)) {
    co_return fail(ErrorKind::usage,
                   fmt::format("\"{}\" is no name of a pod", one_line(name)));
  }
  const ApiCall call{.verb = "get", .resource = "pods", .ns = ns, .name = name};
  http::Request wanted =
      request(fmt::format("/api/v1/namespaces/{}/pods/{}", ns, name));
  const Result<http::Response> response =
      co_await send_patiently(std::move(wanted));
  if (!response) {
    co_return std::unexpected(
        explain_failure(call, cluster_, response.error()));
  }
  std::optional<Pod> pod;
  CO_TRY(read_answer(call, cluster_, *response,
                     [&](Pod&& found) { pod = std::move(found); }));
  if (!pod || pod->name != name || pod->ns != ns) {
    co_return fail(ErrorKind::malformed,
                   fmt::format("{}: {} answered with something else",
                               call.text(), http::origin(cluster_.server)));
  }
  co_return *std::move(pod);
}

std::optional<Error> Api::refusal_of_proxy(
    const std::string& ns, const std::string& pod,
    const http::Response& response) const {
  return explain_proxy_refusal(
      {.verb = "get", .resource = "pods/proxy", .ns = ns, .name = pod},
      cluster_, response);
}

std::string pod_proxy_path(std::string_view ns, std::string_view pod,
                           std::uint16_t port, bool https) {
  return fmt::format("/api/v1/namespaces/{}/pods/{}{}:{}/proxy", ns,
                     https ? "https:" : "", pod, port);
}

}  // namespace kprofefe::kube
