// SPDX-License-Identifier: MIT
#include "collect/proxy_route.hpp"

#include "base/text.hpp"
#include "collect/pod_redirect.hpp"
#include "collect/time_limit.hpp"
#include "kube/api_error.hpp"

#include <functional>
#include <map>
#include <optional>
#include <utility>

namespace kprofefe::collect {
namespace {

constexpr std::string_view k_name = "proxy";

/// What both ends of the route share.
struct Shared {
  kube::Api* api = nullptr;
  TargetAccess access;
  std::map<std::string, Error, std::less<>> refusals;  ///< by namespace
};

std::unexpected<RouteError> blocked(Error error) {
  return std::unexpected(RouteError{std::move(error), true});
}

/// What the API server, or a proxy before it, obeys itself: whose rights and
/// which server.
bool is_for_api_server(std::string_view name) {
  constexpr std::string_view k_impersonate = "Impersonate-";
  return equals_ignoring_case(name, "Host") ||
         equals_ignoring_case(name.substr(0, k_impersonate.size()),
                              k_impersonate);
}

class ProxyConnection final : public Connection {
 public:
  ProxyConnection(Shared* shared, const Target* target)
      : shared_(shared), target_(target) {}

  async::Task<Answer> get(std::string path_and_query,
                          http::Limits limits) override {
    if (std::optional<Error> why = why_not()) {
      co_return blocked(*std::move(why));
    }
    const TimeLimit limit(limits.timeout);
    Result<http::Response> outcome = co_await shared_->api->send_to_pod(
        request(path_and_query, std::move(limits)));
    if (!outcome) {
      RouteError failure = explain(std::move(outcome).error());
      failure.waited = limit.spent();
      co_return std::unexpected(std::move(failure));
    }
    if (!outcome->ok()) {
      unproxy_location(url_of_pod(), *outcome);
      if (auto refusal = shared_->api->refusal_of_proxy(
              target_->ns, target_->pod, *outcome)) {
        co_return std::unexpected(learn(*std::move(refusal)));
      }
    }
    co_return *std::move(outcome);
  }

  [[nodiscard]] std::string_view via() const override { return k_name; }

 private:
  [[nodiscard]] std::optional<Error> why_not() const {
    const auto refused = shared_->refusals.find(target_->ns);
    if (refused != shared_->refusals.end()) {
      return refused->second;
    }
    if (http::find_header(shared_->access.headers, "Authorization")) {
      return Error{ErrorKind::config,
                   "the API server's proxy does not pass Authorization on to "
                   "pods; use --via port-forward or pod-ip"};
    }
    for (const auto& [name, value] : shared_->access.headers) {
      if (is_for_api_server(name)) {
        return Error{ErrorKind::config,
                     name +
                         " would be for the API server and not for pods; use "
                         "--via port-forward or pod-ip"};
      }
    }
    return std::nullopt;
  }

  /// Where the pod's own `/` is.
  [[nodiscard]] std::string path_of_pod() const {
    return kube::pod_proxy_path(target_->ns, target_->pod, target_->port,
                                target_->scheme == Scheme::https);
  }

  [[nodiscard]] std::string url_of_pod() const {
    return shared_->api->request(path_of_pod()).url;
  }

  [[nodiscard]] http::Request request(std::string_view path_and_query,
                                      http::Limits limits) const {
    http::Request request =
        shared_->api->request(path_of_pod() + std::string(path_and_query));
    for (const auto& header : shared_->access.headers) {
      request.headers.push_back(header);
    }
    limits.connect_timeout = request.limits.connect_timeout;
    limits.last_on_connection = false;  // it is one to the API server
    request.limits = std::move(limits);
    return request;
  }

  /// A connection that fails is one to the API server.
  [[nodiscard]] RouteError explain(Error error) const {
    if (error.kind != ErrorKind::unreachable &&
        error.kind != ErrorKind::untrusted) {
      return {std::move(error)};
    }
    return {kube::explain_failure({.verb = "get",
                                   .resource = "pods/proxy",
                                   .ns = target_->ns,
                                   .name = target_->pod},
                                  shared_->api->cluster(), error),
            true};
  }

  /// The API server's own word: RBAC, no such pod, that it cannot reach the
  /// pod or has too much to do.
  RouteError learn(Error refusal) {
    if (refusal.kind == ErrorKind::denied) {
      shared_->refusals.emplace(target_->ns, refusal);
    }
    const bool closes = refusal.kind == ErrorKind::denied ||
                        refusal.kind == ErrorKind::unreachable ||
                        refusal.kind == ErrorKind::not_found;
    return {std::move(refusal), closes};
  }

  Shared* shared_;
  const Target* target_;
};

class ProxyRoute final : public Route {
 public:
  ProxyRoute(kube::Api* api, TargetAccess access)
      : shared_{.api = api, .access = std::move(access), .refusals = {}} {}

  [[nodiscard]] bool needs_ip() const override { return false; }

  [[nodiscard]] std::unique_ptr<Connection> connect(
      const Target* target) override {
    return std::make_unique<ProxyConnection>(&shared_, target);
  }

 private:
  Shared shared_;
};

}  // namespace

std::unique_ptr<Route> proxy_route(kube::Api* api, TargetAccess access) {
  return std::make_unique<ProxyRoute>(api, std::move(access));
}

}  // namespace kprofefe::collect
