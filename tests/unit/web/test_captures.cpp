// SPDX-License-Identifier: MIT
#include "async/loop.hpp"
#include "async/sleep.hpp"
#include "base/env.hpp"
#include "http/client.hpp"
#include "web/captures.hpp"

#include <doctest/doctest.h>

#include <stop_token>
#include <string>

namespace kprofefe::web {
namespace {

class Silence final : public Messages {
 public:
  void note(std::string_view /*text*/) override {}

  void debug(std::string_view /*text*/) override {}

  void error(const Error& /*error*/) override {}
};

/// Captures without any cluster: each fails as soon as it runs.
struct World {
  static source::ReadRequest in_shop() {
    source::ReadRequest request;
    request.live.pods.selection.ns = "shop";
    return request;
  }

  std::string begin(CaptureOrder order) {
    return captures.start(loop, std::move(order)).value();
  }

  void run_all() {
    loop.run(async::sleep_for(std::chrono::milliseconds(50), {}));
  }

  Env env{.variables = {{"KUBECONFIG", "/nowhere"}}};
  async::Loop loop;
  http::Client http{loop, "test/1", env};
  Silence silence;
  std::stop_source stop;
  Session session{.env = &env,
                  .http = &http,
                  .messages = &silence,
                  .stop = stop.get_token(),
                  .delivery_stop = {}};
  Captures captures{&session, in_shop(), source::SelectedPods(),
                    [](const auto&, const auto&) { return std::string("1"); }};
};

TEST_SUITE_BEGIN("web::Captures");

TEST_CASE("one that fails says why") {
  World world;
  const std::string id = world.begin({});
  CHECK(world.captures.find(id).value()->state == CaptureState::running);
  world.run_all();
  const CaptureStatus* const status = world.captures.find(id).value();
  CHECK(status->state == CaptureState::failed);
  CHECK(status->error.find("/nowhere") != std::string::npos);
}

TEST_CASE("one that was stopped is no failure") {
  World world;
  const std::string id = world.begin({});
  REQUIRE(world.captures.stop(id));
  world.run_all();
  CHECK(world.captures.find(id).value()->state == CaptureState::stopped);
}

TEST_CASE("a few run at the same time") {
  World world;
  for (std::size_t i = 0; i < Captures::k_most_at_once; ++i) {
    world.begin({});
  }
  CHECK(world.captures.start(world.loop, {}).error().kind == ErrorKind::busy);
  world.run_all();
  CHECK(world.captures.start(world.loop, {}));
  world.run_all();
}

TEST_CASE("pods of another namespace, and what is no pod, are refused") {
  World world;
  for (const char* pod : {"kube-system/api", "api", "shop/../x", "shop/", ""}) {
    CAPTURE(pod);
    const auto begun = world.captures.start(world.loop, {.pods = {pod}});
    REQUIRE_FALSE(begun);
    CHECK(begun.error().kind == ErrorKind::usage);
  }
}

TEST_CASE("nothing is found under an id that was not given") {
  World world;
  CHECK(world.captures.find("1").error().kind == ErrorKind::not_found);
  CHECK(world.captures.stop("x").error().kind == ErrorKind::not_found);
}

}  // namespace
}  // namespace kprofefe::web
