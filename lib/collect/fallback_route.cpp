// SPDX-License-Identifier: MIT
#include "collect/fallback_route.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <utility>

namespace kprofefe::collect {
namespace {

using Routes = std::vector<std::unique_ptr<Route>>;

bool another_way_may_help(const Obstacle& obstacle) {
  const ErrorKind kind = obstacle.error.kind;
  return obstacle.closes_the_way && kind != ErrorKind::not_found &&
         kind != ErrorKind::untrusted;
}

class FallbackConnection final : public Connection {
 public:
  FallbackConnection(const Routes* routes, const Target* target)
      : routes_(routes),
        target_(target),
        current_(routes->front()->connect(target)) {}

  async::Task<Answer> get(std::string path_and_query,
                          http::Request limits) override {
    for (;;) {
      Answer answer = co_await current_->get(path_and_query, limits);
      if (answer) {
        has_answered_ = true;
        co_return answer;
      }
      const bool is_last = index_ + 1 == routes_->size();
      if (has_answered_ || is_last || !another_way_may_help(answer.error())) {
        co_return std::unexpected(with_detour(std::move(answer).error()));
      }
      detour_ += describe(answer.error());
      current_ = (*routes_)[++index_]->connect(target_);
    }
  }

  [[nodiscard]] std::string_view via() const override {
    return current_->via();
  }

  [[nodiscard]] std::string detour() const override {
    return has_answered_ ? detour_ : std::string();
  }

 private:
  [[nodiscard]] std::string describe(const Obstacle& obstacle) const {
    return fmt::format("{}{}: {}", detour_.empty() ? "" : "; ", current_->via(),
                       obstacle.error.message);
  }

  /// Who has come to the end of all ways is told what was wrong with each.
  [[nodiscard]] Obstacle with_detour(Obstacle obstacle) const {
    if (!detour_.empty() && !has_answered_ &&
        obstacle.error.kind != ErrorKind::cancelled) {
      obstacle.error.message = detour_ + describe(obstacle);
    }
    return obstacle;
  }

  const Routes* routes_;
  const Target* target_;
  std::size_t index_ = 0;
  std::unique_ptr<Connection> current_;
  std::string detour_;
  bool has_answered_ = false;
};

class FallbackRoute final : public Route {
 public:
  explicit FallbackRoute(Routes routes) : routes_(std::move(routes)) {}

  [[nodiscard]] bool needs_ip() const override {
    return routes_.front()->needs_ip();
  }

  [[nodiscard]] std::unique_ptr<Connection> connect(
      const Target* target) override {
    return std::make_unique<FallbackConnection>(&routes_, target);
  }

 private:
  Routes routes_;
};

}  // namespace

std::unique_ptr<Route> fallback_route(
    std::vector<std::unique_ptr<Route>> routes) {
  return std::make_unique<FallbackRoute>(std::move(routes));
}

}  // namespace kprofefe::collect
