// SPDX-License-Identifier: MIT
#include "collect/port_forward_route.hpp"

#include "async/event.hpp"
#include "collect/time_limit.hpp"
#include "kube/port_forward.hpp"

#include <array>
#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <utility>

namespace kprofefe::collect {
namespace {

constexpr std::string_view k_name = "port-forward";

using kube::ForwardRefusal;
using kube::PortForward;

/// Opens forwards, and remembers whom it need not ask again.
class Forwarder {
 public:
  explicit Forwarder(kube::Api* api) : api_(api) {}

  async::Task<PortForward::Opened> open(kube::PodPort target,
                                        kube::ForwardOptions options) {
    // The cluster first: that no upgrade gets through is true everywhere.
    const std::array<std::string, 2> keys = {k_cluster, target.ns};
    std::array<Scope*, 2> scouted{};
    for (std::size_t i = 0; i < keys.size(); ++i) {
      CO_TRY_ASSIGN(scouted[i], co_await enter(keys[i]));
    }
    PortForward::Opened opened =
        co_await PortForward::open(api_, std::move(target), options);
    if (opened) {
      has_forwarded_ = true;
    } else {
      learn(keys[1], opened.error());
    }
    for (Scope* scope : scouted) {
      if (scope != nullptr) {
        scope->known.set();
      }
    }
    co_return opened;
  }

 private:
  struct Scope {
    /// Until then the others wait for the first one; one silent pod must not
    /// hold them all up.
    async::Event known{std::chrono::milliseconds(500)};
    std::optional<ForwardRefusal> refusal;  ///< for all in it
  };

  /// Not the name of any namespace.
  static constexpr const char* k_cluster = "";

  /// The scope, if the caller is the first in it and has to set `known`; null
  /// for those who come after, once it is known or they have waited enough.
  async::Task<std::expected<Scope*, ForwardRefusal>> enter(std::string key) {
    const auto [found, is_first] = scopes_.try_emplace(std::move(key));
    Scope& scope = found->second;
    if (is_first) {
      co_return &scope;
    }
    co_await scope.known.wait();
    if (scope.refusal) {
      co_return std::unexpected(*scope.refusal);
    }
    co_return nullptr;
  }

  void learn(const std::string& ns, const ForwardRefusal& refusal) {
    if (refusal.reach == ForwardRefusal::Reach::this_pod) {
      return;
    }
    const bool is_general = refusal.reach == ForwardRefusal::Reach::every_pod;
    if (is_general && has_forwarded_) {
      return;  // what has worked is not closed to everybody
    }
    scopes_.at(is_general ? k_cluster : ns).refusal = refusal;
  }

  kube::Api* api_;
  std::map<std::string, Scope, std::less<>> scopes_;
  bool has_forwarded_ = false;
};

/// What the connections of the route share.
struct Shared {
  http::Client* client = nullptr;
  TargetAccess access;
  Forwarder forwarder;
};

class PortForwardConnection final : public Connection {
 public:
  PortForwardConnection(Shared* shared, const Target* target)
      : shared_(shared), target_(target) {}

  async::Task<Answer> get(std::string path_and_query,
                          http::Limits limits) override {
    const bool is_used = forward_ != nullptr && !forward_->is_over();
    Answer answer = co_await get_by_forward(path_and_query, limits);
    if (answer || !is_used || !is_worth_another(answer.error().error.kind)) {
      co_return answer;
    }
    // A server may end an idle connection just when we use it again, which
    // shows at once. Later it has ended a request.
    if (answer.error().waited > limits.connect_timeout) {
      co_return std::unexpected(ended(std::move(answer).error()));
    }
    forward_.reset();
    answer = co_await get_by_forward(path_and_query, limits);
    co_return answer;
  }

  [[nodiscard]] std::string_view via() const override { return k_name; }

 private:
  static bool is_worth_another(ErrorKind kind) {
    return kind == ErrorKind::unreachable || kind == ErrorKind::network;
  }

  async::Task<Answer> get_by_forward(std::string path_and_query,
                                     http::Limits limits) {
    if (forward_ == nullptr || forward_->is_over()) {
      std::optional<RouteError> failure = co_await open(limits);
      if (failure) {
        co_return std::unexpected(*std::move(failure));
      }
    }
    const TimeLimit limit(limits.timeout);
    http::Request request = request_to(*target_, shared_->access,
                                       path_and_query, std::move(limits));
    request.tunnel = tunnel_;
    Result<http::Response> outcome =
        co_await shared_->client->send(std::move(request));
    if (!outcome) {
      co_return std::unexpected(
          explain(std::move(outcome).error(), limit.spent()));
    }
    co_return *std::move(outcome);
  }

  async::Task<std::optional<RouteError>> open(http::Limits limits) {
    forward_.reset();
    kube::PodPort target{
        .ns = target_->ns, .pod = target_->pod, .port = target_->port};
    kube::ForwardOptions options{.timeout = limits.connect_timeout,
                                 .stop = limits.stop};
    PortForward::Opened opened =
        co_await shared_->forwarder.open(std::move(target), std::move(options));
    if (!opened) {
      Error error = std::move(opened).error().error;
      const bool closes = error.kind != ErrorKind::cancelled;
      co_return RouteError{.error = std::move(error), .closes_route = closes};
    }
    forward_ = *std::move(opened);
    tunnel_ = std::make_shared<http::Tunnel>(
        http::Tunnel{.id = shared_->client->new_tunnel_id(),
                     .attach =
                         [forward = std::weak_ptr(forward_)](Fd end) {
                           const auto open = forward.lock();
                           return open && open->attach(std::move(end));
                         },
                     .failure = {}});
    co_return std::nullopt;
  }

  /// What the node says went wrong explains more than a connection that ended.
  [[nodiscard]] RouteError explain(Error error,
                                   std::chrono::milliseconds waited) const {
    const std::optional<Error> failure = forward_->failure();
    const bool is_explained =
        error.kind != ErrorKind::cancelled && failure.has_value();
    if (is_explained) {
      error = *failure;
    }
    const bool closes = error.kind == ErrorKind::unreachable ||
                        error.kind == ErrorKind::untrusted ||
                        error.kind == ErrorKind::config;
    return {.error = std::move(error),
            .closes_route = closes,
            .waited = waited,
            .is_explained = is_explained};
  }

  /// Of a forward that has ended while an answer was waited for. libcurl has
  /// tried to connect again, and says that it could not.
  static RouteError ended(RouteError failure) {
    if (!failure.is_explained) {
      failure.error = {ErrorKind::network,
                       "the connection was closed without a response",
                       ErrorDetail::closed_unanswered};
      failure.closes_route = false;
    }
    return failure;
  }

  Shared* shared_;
  const Target* target_;
  std::shared_ptr<PortForward> forward_;
  std::shared_ptr<const http::Tunnel> tunnel_;
};

class PortForwardRoute final : public Route {
 public:
  PortForwardRoute(http::Client* client, kube::Api* api, TargetAccess access)
      : shared_{.client = client,
                .access = std::move(access),
                .forwarder = Forwarder(api)} {}

  [[nodiscard]] bool needs_ip() const override { return false; }

  [[nodiscard]] std::unique_ptr<Connection> connect(
      const Target* target) override {
    return std::make_unique<PortForwardConnection>(&shared_, target);
  }

 private:
  Shared shared_;
};

}  // namespace

std::unique_ptr<Route> port_forward_route(http::Client* client, kube::Api* api,
                                          TargetAccess access) {
  return std::make_unique<PortForwardRoute>(client, api, std::move(access));
}

}  // namespace kprofefe::collect
