// SPDX-License-Identifier: MIT
#include "collect/route.hpp"

#include "http/url.hpp"

#include <fmt/format.h>

#include <utility>

namespace kprofefe::collect {
namespace {

class PodIpRoute final : public Route {
 public:
  explicit PodIpRoute(http::Client* client) : client_(client) {}

  [[nodiscard]] std::string_view name() const override { return "pod-ip"; }

  [[nodiscard]] bool needs_ip() const override { return true; }

  [[nodiscard]] http::Request request(
      const Target& target, std::string_view path_and_query) const override {
    return {.url = fmt::format("http://{}{}",
                               http::authority(target.ip, target.port),
                               path_and_query)};
  }

  [[nodiscard]] std::optional<Error> refusal(
      const Target& /*target*/,
      const http::Response& /*response*/) const override {
    return std::nullopt;
  }

  [[nodiscard]] async::Task<Result<http::Response>> send(
      http::Request request) const override {
    return client_->send(std::move(request));
  }

 private:
  http::Client* client_;
};

class ProxyRoute final : public Route {
 public:
  explicit ProxyRoute(kube::Api* api) : api_(api) {}

  [[nodiscard]] std::string_view name() const override { return "proxy"; }

  [[nodiscard]] bool needs_ip() const override { return false; }

  [[nodiscard]] http::Request request(
      const Target& target, std::string_view path_and_query) const override {
    return api_->request(
        kube::pod_proxy_path(target.ns, target.pod, target.port) +
        std::string(path_and_query));
  }

  /// The API server may want a newer token than the request began with.
  [[nodiscard]] async::Task<Result<http::Response>> send(
      http::Request request) const override {
    return api_->send(std::move(request));
  }

  /// A Status object is the API server's own word: RBAC, no such pod, or that
  /// it cannot reach the pod.
  [[nodiscard]] std::optional<Error> refusal(
      const Target& target, const http::Response& response) const override {
    if (response.ok()) {
      return std::nullopt;
    }
    return api_->refusal_of_proxy(target.ns, target.pod, response);
  }

 private:
  kube::Api* api_;
};

}  // namespace

std::unique_ptr<Route> pod_ip_route(http::Client* client) {
  return std::make_unique<PodIpRoute>(client);
}

std::unique_ptr<Route> proxy_route(kube::Api* api) {
  return std::make_unique<ProxyRoute>(api);
}

}  // namespace kprofefe::collect
