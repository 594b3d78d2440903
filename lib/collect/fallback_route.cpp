// SPDX-License-Identifier: MIT
#include "collect/fallback_route.hpp"

#include "collect/time_limit.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace kprofefe::collect {
namespace {

using Routes = std::vector<std::unique_ptr<Route>>;

/// Whether not one byte of the pod came, which is no matter of the pod then.
bool is_transport_error(const RouteError& failure) {
  return failure.error.kind == ErrorKind::network;
}

bool another_route_may_help(const RouteError& failure) {
  const ErrorKind kind = failure.error.kind;
  return is_transport_error(failure) ||
         (failure.closes_route && kind != ErrorKind::not_found &&
          kind != ErrorKind::untrusted);
}

class FallbackConnection final : public Connection {
 public:
  FallbackConnection(const Routes& routes, const Target* target,
                     const DebugLog* log)
      : target_(target), log_(log) {
    for (const std::unique_ptr<Route>& route : routes) {
      connections_.push_back(route->connect(target));
    }
  }

  async::Task<Answer> get(std::string path_and_query,
                          http::Limits limits) override {
    const TimeLimit limit(limits.timeout);
    std::string reasons = reasons_;
    bool is_open = false;  // one that is not closed was passed over
    for (std::size_t i = current_;; ++i) {
      Answer answer = co_await connections_[i]->get(path_and_query, limits);
      if (answer) {
        has_answered_ = true;
        current_ = i;
        reasons_ = std::move(reasons);
        co_return answer;
      }
      const RouteError& failure = answer.error();
      is_open |= !failure.closes_route;
      const bool is_last = i + 1 == connections_.size();
      if (has_answered_ || is_last || !another_route_may_help(failure) ||
          (is_open && !limit.allows_another())) {
        co_return std::unexpected(
            with_reasons(reasons, i, is_open, std::move(answer).error()));
      }
      reasons += describe(reasons, i, failure);
      log_change(i, failure);
      if (is_open) {
        limits.timeout = limit.left();
      } else {
        current_ = i + 1;
        reasons_ = reasons;
      }
    }
  }

  [[nodiscard]] std::string_view via() const override {
    return connections_[current_]->via();
  }

  [[nodiscard]] std::string_view address() const override {
    return connections_[current_]->address();
  }

  [[nodiscard]] std::string fallback_reason() const override {
    return has_answered_ ? reasons_ : std::string();
  }

 private:
  [[nodiscard]] std::string describe(const std::string& reasons,
                                     std::size_t index,
                                     const RouteError& failure) const {
    return fmt::format("{}{}: {}", reasons.empty() ? "" : "; ",
                       connections_[index]->via(), failure.error.message);
  }

  void log_change(std::size_t from, const RouteError& failure) const {
    if (log_ != nullptr && log_->wants(DebugLog::k_decisions)) {
      log_->print(fmt::format("{}/{}: {}: {}; trying {}", target_->ns,
                              target_->pod, connections_[from]->via(),
                              failure.error.message,
                              connections_[from + 1]->via()));
    }
  }

  /// Who has come to the end of all routes is told what was wrong with each.
  [[nodiscard]] RouteError with_reasons(const std::string& reasons,
                                        std::size_t index, bool is_open,
                                        RouteError failure) const {
    if (!reasons.empty() && !has_answered_ &&
        failure.error.kind != ErrorKind::cancelled) {
      failure.error.message = reasons + describe(reasons, index, failure);
    }
    failure.closes_route &= !is_open;
    return failure;
  }

  const Target* target_;
  const DebugLog* log_;
  std::vector<std::unique_ptr<Connection>> connections_;  ///< of each route
  std::size_t current_ = 0;  ///< the first that is not closed
  std::string reasons_;      ///< why those before it are not used
  bool has_answered_ = false;
};

class FallbackRoute final : public Route {
 public:
  FallbackRoute(Routes routes, const DebugLog* log)
      : routes_(std::move(routes)), log_(log) {}

  [[nodiscard]] bool needs_ip() const override {
    return routes_.front()->needs_ip();
  }

  [[nodiscard]] std::unique_ptr<Connection> connect(
      const Target* target) override {
    return std::make_unique<FallbackConnection>(routes_, target, log_);
  }

 private:
  Routes routes_;
  const DebugLog* log_;
};

}  // namespace

std::unique_ptr<Route> fallback_route(
    std::vector<std::unique_ptr<Route>> routes, const DebugLog* log) {
  return std::make_unique<FallbackRoute>(std::move(routes), log);
}

}  // namespace kprofefe::collect
