// SPDX-License-Identifier: MIT
#include "async/loop.hpp"
#include "collect/fallback_route.hpp"

#include <doctest/doctest.h>

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kprofefe::collect {
namespace {

/// What each request comes to: an failure, or the pod's answer.
using Script = std::deque<std::optional<RouteError>>;

/// A route whose connections answer by a script, and count what they are asked.
class ScriptedRoute final : public Route {
 public:
  ScriptedRoute(std::string_view name, Script script, int* asked)
      : name_(name), script_(std::move(script)), asked_(asked) {}

  [[nodiscard]] bool needs_ip() const override { return name_ == "pod-ip"; }

  [[nodiscard]] std::unique_ptr<collect::Connection> connect(
      const Target* /*target*/) override {
    return std::make_unique<Scripted>(this);
  }

 private:
  class Scripted final : public collect::Connection {
   public:
    explicit Scripted(ScriptedRoute* route) : route_(route) {}

    async::Task<Answer> get(std::string /*path*/,
                            http::Limits /*limits*/) override {
      ++*route_->asked_;
      REQUIRE(!route_->script_.empty());
      const std::optional<RouteError> failure = route_->script_.front();
      route_->script_.pop_front();
      if (failure) {
        co_return std::unexpected(*failure);
      }
      co_return http::Response{.status = 200};
    }

    [[nodiscard]] std::string_view via() const override {
      return route_->name_;
    }

   private:
    ScriptedRoute* route_;
  };

  std::string_view name_;
  Script script_;
  int* asked_;
};

const std::optional<RouteError> k_ok;

std::optional<RouteError> closed(ErrorKind kind, std::string message) {
  return RouteError{{kind, std::move(message)}, true};
}

/// A first and a second way.
struct World {
  World(Script first, Script second) {
    std::vector<std::unique_ptr<Route>> routes;
    routes.push_back(std::make_unique<ScriptedRoute>(
        "port-forward", std::move(first), &asked_first));
    routes.push_back(std::make_unique<ScriptedRoute>("proxy", std::move(second),
                                                     &asked_second));
    route = fallback_route(std::move(routes), &log);
    connection = route->connect(&target);
  }

  Answer get(http::Limits limits = {}) {
    return loop.run(connection->get("/", std::move(limits)));
  }

  int asked_first = 0;
  int asked_second = 0;
  std::string logged;
  DebugLog log{.level = DebugLog::k_decisions,
               .print = [this](std::string_view line) { logged += line; }};
  Target target{.ns = "shop", .pod = "api"};
  async::Loop loop;
  std::unique_ptr<Route> route;
  std::unique_ptr<collect::Connection> connection;
};

TEST_SUITE_BEGIN("collect::fallback_route");

TEST_CASE("the first way is the way while it is open") {
  World world({k_ok, k_ok}, {});
  CHECK(world.get());
  CHECK(world.get());
  CHECK(world.connection->via() == "port-forward");
  CHECK(world.connection->fallback_reason().empty());
  CHECK_FALSE(world.route->needs_ip());
}

TEST_CASE("-v says which route is tried next, and why") {
  World world({closed(ErrorKind::denied, "forbidden")}, {k_ok});
  CHECK(world.get());
  CHECK(world.logged == "shop/api: port-forward: forbidden; trying proxy");
}

TEST_CASE("a closed way is left for good, and why is remembered") {
  for (const ErrorKind kind :
       {ErrorKind::denied, ErrorKind::unreachable, ErrorKind::http_status,
        ErrorKind::timeout, ErrorKind::malformed}) {
    World world({closed(kind, "no")}, {k_ok, k_ok});
    CHECK(world.get());
    CHECK(world.get());
    CHECK(world.connection->via() == "proxy");
    CHECK(world.connection->fallback_reason() == "port-forward: no");
    CHECK(world.asked_first == 1);
    CHECK(world.asked_second == 2);
  }
}

TEST_CASE("what another way would not change stays") {
  for (const ErrorKind kind : {ErrorKind::not_found, ErrorKind::untrusted}) {
    World world({closed(kind, "gone")}, {});
    const Answer answer = world.get();
    REQUIRE(!answer);
    CHECK(answer.error().error.message == "gone");
    CHECK(answer.error().closes_route);
  }
}

TEST_CASE("a request that fails is no reason to leave an open way") {
  World world({RouteError{{ErrorKind::timeout, "slow"}}, k_ok}, {});
  CHECK(!world.get());
  CHECK(world.get());
  CHECK(world.connection->via() == "port-forward");
}

/// Not one byte came.
std::optional<RouteError> broken(std::string message) {
  return RouteError{{ErrorKind::network, std::move(message)}};
}

TEST_CASE("a way that brings not one byte is left for one that does") {
  World world({broken("reset")}, {k_ok, k_ok});
  CHECK(world.get());
  CHECK(world.get());
  CHECK(world.connection->via() == "proxy");
  CHECK(world.connection->fallback_reason() == "port-forward: reset");
  CHECK(world.asked_first == 1);
}

TEST_CASE("a way that brings nothing stays when the next brings nothing") {
  World world({broken("reset"), k_ok, k_ok},
              {closed(ErrorKind::unreachable, "refused")});
  const Answer answer = world.get();
  REQUIRE(!answer);
  CHECK(answer.error().error.message == "port-forward: reset; proxy: refused");
  CHECK_FALSE(answer.error().closes_route);

  CHECK(world.get());
  CHECK(world.get());
  CHECK(world.connection->via() == "port-forward");
  CHECK(world.connection->fallback_reason().empty());
}

TEST_CASE("a closed way and a broken one: the broken one stays") {
  World world({closed(ErrorKind::denied, "no")}, {broken("reset"), k_ok});
  const Answer answer = world.get();
  REQUIRE(!answer);
  CHECK(answer.error().error.message == "port-forward: no; proxy: reset");
  CHECK_FALSE(answer.error().closes_route);

  CHECK(world.get());
  CHECK(world.connection->via() == "proxy");
  CHECK(world.connection->fallback_reason() == "port-forward: no");
  CHECK(world.asked_first == 1);
}

TEST_CASE("without time for another attempt a broken way is not left") {
  World world({broken("reset"), closed(ErrorKind::denied, "no")}, {k_ok});
  http::Limits limits;
  limits.timeout = {};
  CHECK(!world.get(limits));
  CHECK(world.asked_second == 0);
  // Of a closed one all the time is left.
  CHECK(world.get(limits));
}

TEST_CASE("a way on which the pod has answered is not left") {
  World world(
      {k_ok, broken("reset"), closed(ErrorKind::unreachable, "crashed")}, {});
  CHECK(world.get());
  CHECK(!world.get());
  const Answer answer = world.get();
  REQUIRE(!answer);
  CHECK(answer.error().error.message == "crashed");
}

TEST_CASE("at the end of all ways each is named with its reason") {
  World world({closed(ErrorKind::denied, "forbidden")},
              {closed(ErrorKind::unreachable, "refused")});
  const Answer answer = world.get();
  REQUIRE(!answer);
  CHECK(answer.error().error.kind == ErrorKind::unreachable);
  CHECK(answer.error().error.message ==
        "port-forward: forbidden; proxy: refused");
  CHECK(answer.error().closes_route);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::collect
