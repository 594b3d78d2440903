// SPDX-License-Identifier: MIT
#include "collect/pod_ip_route.hpp"

#include "collect/mesh_reply.hpp"
#include "collect/time_limit.hpp"
#include "http/url.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace kprofefe::collect {
namespace {

constexpr std::string_view k_name = "pod-ip";

/// Whether the program may listen on another of the pod's addresses: nothing
/// came from this one.
bool another_address_may_answer(const Error& error) {
  return error.kind == ErrorKind::unreachable ||
         error.kind == ErrorKind::network;
}

class PodIpConnection final : public Connection {
 public:
  PodIpConnection(http::Client* client, const TargetAccess* access,
                  const Target* target)
      : client_(client), access_(access), target_(target) {}

  async::Task<Answer> get(std::string path_and_query,
                          http::Limits limits) override {
    const TimeLimit limit(limits.timeout);
    std::string refusals;  // of the addresses before, each with a "; "
    bool is_open = false;  // one of them did more than refuse
    for (current_ = has_answered_ ? current_ : 0;; ++current_) {
      Answer answer = co_await ask(path_and_query, limits);
      has_answered_ |= answer.has_value();
      if (answer) {
        co_return answer;
      }
      RouteError& failure = answer.error();
      failure.error.message.insert(0, refusals);
      is_open |= !failure.closes_route;
      failure.closes_route = !is_open;
      const bool is_last = current_ == target_->other_ips.size();
      if (has_answered_ || is_last || !limit.allows_another() ||
          !another_address_may_answer(failure.error)) {
        co_return answer;
      }
      refusals = failure.error.message + "; ";
      limits.timeout = limit.left();
    }
  }

  [[nodiscard]] std::string_view via() const override { return k_name; }

  [[nodiscard]] std::string_view address() const override {
    return current_ == 0 ? target_->ip : target_->other_ips[current_ - 1];
  }

 private:
  /// The answer of the current address.
  async::Task<Answer> ask(std::string path_and_query, http::Limits limits) {
    if (Result<void> allowed =
            check_direct_access(*target_, address(), *access_);
        !allowed) {
      co_return std::unexpected(
          explain(std::move(allowed).error(), std::chrono::milliseconds(0)));
    }
    const TimeLimit limit(limits.timeout);
    Result<http::Response> outcome = co_await client_->send(request_to(
        *target_, address(), *access_, path_and_query, std::move(limits)));
    if (!outcome) {
      co_return std::unexpected(
          explain(std::move(outcome).error(), limit.spent()));
    }
    if (std::optional<Error> reply = explain_mesh_reply(*outcome)) {
      co_return std::unexpected(explain(*std::move(reply), limit.spent()));
    }
    co_return *std::move(outcome);
  }

  /// What is true of the host is true of the other profiles, too.
  [[nodiscard]] RouteError explain(Error error,
                                   std::chrono::milliseconds waited) const {
    if (error.kind == ErrorKind::unreachable) {
      return {.error = error.with_context(
                  "connect to " + http::authority(address(), target_->port)),
              .closes_route = true,
              .waited = waited};
    }
    const bool closes =
        error.kind == ErrorKind::untrusted || error.kind == ErrorKind::config;
    return {
        .error = std::move(error), .closes_route = closes, .waited = waited};
  }

  http::Client* client_;
  const TargetAccess* access_;
  const Target* target_;
  std::size_t current_ = 0;  ///< 0: `ip`; from 1 on: `other_ips`
  bool has_answered_ = false;
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
