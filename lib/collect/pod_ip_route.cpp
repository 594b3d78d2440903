// SPDX-License-Identifier: MIT
#include "collect/pod_ip_route.hpp"

#include "http/url.hpp"

#include <utility>

namespace kprofefe::collect {
namespace {

constexpr std::string_view k_name = "pod-ip";

class PodIpConnection final : public Connection {
 public:
  PodIpConnection(http::Client* client, const TargetAccess* access,
                  const Target* target)
      : client_(client), access_(access), target_(target) {}

  async::Task<Answer> get(std::string path_and_query,
                          http::Request limits) override {
    Result<http::Response> outcome = co_await client_->send(
        request_to(*target_, *access_, path_and_query, std::move(limits)));
    if (!outcome) {
      co_return std::unexpected(explain(std::move(outcome).error()));
    }
    co_return *std::move(outcome);
  }

  [[nodiscard]] std::string_view via() const override { return k_name; }

 private:
  /// What is true of the host is true of the other profiles, too.
  [[nodiscard]] Obstacle explain(Error error) const {
    if (error.kind == ErrorKind::unreachable) {
      return {error.with_context("connect to " +
                                 http::authority(target_->ip, target_->port)),
              true};
    }
    const bool closes =
        error.kind == ErrorKind::untrusted || error.kind == ErrorKind::config;
    return {std::move(error), closes};
  }

  http::Client* client_;
  const TargetAccess* access_;
  const Target* target_;
};

class PodIpRoute final : public Route {
 public:
  PodIpRoute(http::Client* client, TargetAccess access)
      : client_(client), access_(std::move(access)) {}

  [[nodiscard]] bool needs_ip() const override { return true; }

  [[nodiscard]] std::unique_ptr<Connection> connect(
      const Target* target) override {
    return std::make_unique<PodIpConnection>(client_, &access_, target);
  }

 private:
  http::Client* client_;
  TargetAccess access_;
};

}  // namespace

std::unique_ptr<Route> pod_ip_route(http::Client* client, TargetAccess access) {
  return std::make_unique<PodIpRoute>(client, std::move(access));
}

}  // namespace kprofefe::collect
