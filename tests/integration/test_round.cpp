// SPDX-License-Identifier: MIT
#include "async/for_each_bounded.hpp"
#include "async/loop.hpp"
#include "async/sleep.hpp"
#include "base/file.hpp"
#include "collect/directory_sink.hpp"
#include "collect/pod_ip_route.hpp"
#include "collect/round.hpp"
#include "http/client.hpp"
#include "support/http_server.hpp"
#include "support/sample_profiles.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <map>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace kprofefe::collect {
namespace {

using namespace std::chrono_literals;
using pprof::ProfileKind;
using test::Connection;
using test::HttpServer;
using test::Received;
using test::Scratch;

/// Keeps what it is given in memory; can be told to fail.
class MemorySink final : public Sink {
 public:
  async::Task<Result<std::string>> deliver(FetchedProfile profile) override {
    if (broken) {
      co_return fail(ErrorKind::io, words);
    }
    std::string name =
        std::string(kind_name(profile.kind)) + " of " + profile.target->pod;
    kept[name] = profile.bytes;
    co_return name;
  }

  std::map<std::string, std::string> kept;
  bool broken = false;
  std::string words = "disk full";
};

Target target_on(const HttpServer& server, std::string pod) {
  return {.ns = "shop",
          .pod = std::move(pod),
          .service = "s",
          .ip = "127.0.0.1",
          .port = server.port()};
}

/// Of a pod that waits for its client to go; nothing here takes as long.
constexpr auto k_patience = 60s;

struct World {
  World() {
    options.plan = {.kinds = {ProfileKind::cpu, ProfileKind::heap},
                    .cpu_time = 1s,
                    .slack = 2s};
    options.fetch.busy_patience = 500ms;
    options.fetch.busy_first_delay = 20ms;
    options.fetch.max_body_bytes = 1'000'000;
    options.fetch.stop = stop.get_token();
  }

  Report run(std::vector<Target> targets) {
    return loop.run(run_round(
        {.route = route.get(), .sinks = {&sink}, .find_reason = find_reason},
        options, std::move(targets)));
  }

  async::Loop loop;
  Env env = Env::of_process();
  http::Client client{loop, "kprofefe-test/1", env};
  std::unique_ptr<Route> route = pod_ip_route(&client, {});
  MemorySink sink;
  std::stop_source stop;
  RoundOptions options;
  std::function<async::Task<std::string>(const Target*)> find_reason;
};

void serve_heap(Connection& connection, const Received& /*request*/) {
  connection.reply(200, test::small_heap_profile());
}

TEST_SUITE_BEGIN("collect::run_round");

TEST_CASE("profiles arrive unchanged, snapshots before the CPU profile") {
  HttpServer pod(serve_heap);
  World world;

  const Report report = world.run({target_on(pod, "api")});

  REQUIRE(report.targets.size() == 1);
  const auto& rows = report.targets[0].rows;
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].kind == ProfileKind::cpu);
  CHECK(rows[0].outcome == Outcome::stored);
  CHECK(rows[1].bytes == test::small_heap_profile().size());
  CHECK(world.sink.kept["heap of api"] == test::small_heap_profile());
  const auto requests = pod.requests();
  REQUIRE(requests.size() == 2);
  CHECK(requests[0].target == "/debug/pprof/heap");
  CHECK(requests[1].target == "/debug/pprof/profile?seconds=1");
  CHECK(pod.connections() == 1);
  CHECK(requests[0].header("Authorization").empty());
}

TEST_CASE("a profiler in use is asked again until the other has ended") {
  std::atomic<int> refusals = 3;
  HttpServer pod([&](Connection& connection, const Received&) {
    if (refusals-- > 0) {
      connection.reply(500,
                       "Could not enable CPU profiling: cpu profiling "
                       "already in use\n");
    } else {
      connection.reply(200, test::small_heap_profile());
    }
  });
  World world;
  world.options.plan.kinds = {ProfileKind::cpu};

  const Report report = world.run({target_on(pod, "api")});

  CHECK(report.targets[0].rows[0].outcome == Outcome::stored);
  CHECK(pod.requests().size() == 4);
}

TEST_CASE("a profiler that stays in use is reported as busy") {
  HttpServer pod([](Connection& connection, const Received&) {
    connection.reply(500,
                     "Could not enable CPU profiling: cpu profiling "
                     "already in use\n");
  });
  World world;
  world.options.plan.kinds = {ProfileKind::cpu};

  const Report report = world.run({target_on(pod, "api")});

  CHECK(report.targets[0].rows[0].outcome == Outcome::failed);
  CHECK(report.targets[0].rows[0].reason.starts_with("busy: "));
}

TEST_CASE("a reason is looked for at a few targets that do not answer") {
  HttpServer dead([](Connection& c, const Received&) { c.close(); });
  World world;
  int asked = 0;
  world.find_reason = [&asked](const Target*) -> async::Task<std::string> {
    ++asked;
    co_return "the pod has been deleted";
  };
  world.options.concurrency = 1;
  std::vector<Target> targets(40, target_on(dead, "api"));
  world.options.plan.kinds = {ProfileKind::heap};

  const Report report = world.run(std::move(targets));

  CHECK(asked == 16);
  CHECK(report.targets.front().rows[0].reason.starts_with(
      "the pod has been deleted: "));
  CHECK_FALSE(report.targets.back().rows[0].reason.starts_with("the pod"));
}

TEST_CASE("nothing is looked for where a pod has answered") {
  HttpServer pod(serve_heap);
  World world;
  world.find_reason = [](const Target*) -> async::Task<std::string> {
    FAIL("asked");
    co_return "";
  };
  CHECK(world.run({target_on(pod, "api")}).targets[0].rows[0].outcome ==
        Outcome::stored);
}

struct Fault {
  const char* name;
  void (*misbehave)(Connection&, const Received&);
  Outcome outcome;
  const char* words;
};

TEST_CASE("a bad pod is rows in the report and harms no other") {
  test::gzip_bomb();  // made now: it takes longer than a pod may
  const Fault faults[] = {
      {"HTML with 200",
       [](Connection& c, const Received&) {
         c.reply(200, "<html><title>Sign in</title></html>");
       },
       Outcome::failed, "HTML"},
      {"404",
       [](Connection& c, const Received&) { c.reply(404, "404 not found"); },
       Outcome::skipped, "not offered (404)"},
      {"500 with text",
       [](Connection& c, const Received&) { c.reply(500, "boom\n"); },
       Outcome::failed, "status 500: boom"},
      {"redirect to another host",
       [](Connection& c, const Received&) {
         c.reply(302, "", {{"Location", "http://203.0.113.1/"}});
       },
       Outcome::failed, "redirects to http://203.0.113.1/"},
      {"truncated",
       [](Connection& c, const Received&) {
         c.send("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n\x1f\x8b");
         c.close();
       },
       Outcome::failed, "before the body was complete"},
      {"endless",
       [](Connection& c, const Received&) {
         c.send("HTTP/1.1 200 OK\r\n\r\n\x1f\x8b");
         while (c.send(std::string(65536, 'x'))) {
         }
       },
       Outcome::failed, "larger than 1000000 bytes; raise --max-profile-size"},
      {"gzip bomb",
       [](Connection& c, const Received&) { c.reply(200, test::gzip_bomb()); },
       Outcome::failed, "not a profile"},
      {"silence",
       [](Connection& c, const Received&) { c.wait_for_peer_to_close(10s); },
       Outcome::failed, "without a complete response"},
      {"reset", [](Connection& c, const Received&) { c.close_with_reset(); },
       Outcome::failed, "reset"},
      {"empty profile",
       [](Connection& c, const Received&) {
         c.reply(200, test::empty_profile());
       },
       Outcome::skipped, "no samples"},
  };
  for (const Fault& fault : faults) {
    CAPTURE(fault.name);
    HttpServer bad(fault.misbehave);
    HttpServer good(serve_heap);
    World world;
    world.options.plan.kinds = {ProfileKind::heap};

    const Report report =
        world.run({target_on(good, "before"), target_on(bad, "bad"),
                   target_on(good, "after")});

    CHECK(report.targets[0].rows[0].outcome == Outcome::stored);
    CHECK(report.targets[2].rows[0].outcome == Outcome::stored);
    const Row& row = report.targets[1].rows[0];
    CHECK(row.outcome == fault.outcome);
    CAPTURE(row.reason);
    CHECK(row.reason.find(fault.words) != std::string::npos);
    CHECK(world.sink.kept.size() == 2);
  }
}

/// Counts what is asked of the route inside of it.
class CountingRoute final : public Route {
 public:
  explicit CountingRoute(Route* inner) : inner_(inner) {}

  [[nodiscard]] bool needs_ip() const override { return inner_->needs_ip(); }

  [[nodiscard]] std::unique_ptr<collect::Connection> connect(
      const Target* target) override;

  int requests = 0;

 private:
  Route* inner_;
};

class CountingConnection final : public collect::Connection {
 public:
  CountingConnection(std::unique_ptr<collect::Connection> inner, int* requests)
      : inner_(std::move(inner)), requests_(requests) {}

  async::Task<Answer> get(std::string path_and_query,
                          http::Limits limits) override {
    ++*requests_;
    co_return co_await inner_->get(std::move(path_and_query),
                                   std::move(limits));
  }

  [[nodiscard]] std::string_view via() const override { return inner_->via(); }

 private:
  std::unique_ptr<collect::Connection> inner_;
  int* requests_;
};

std::unique_ptr<collect::Connection> CountingRoute::connect(
    const Target* target) {
  return std::make_unique<CountingConnection>(inner_->connect(target),
                                              &requests);
}

TEST_CASE("a host that cannot be reached is tried once, not per profile") {
  World world;
  Target gone{.ns = "shop",
              .pod = "gone",
              .ip = "127.0.0.1",
              .port = test::closed_port()};
  CountingRoute route(world.route.get());

  const Report report = world.loop.run(run_round(
      {.route = &route, .sinks = {&world.sink}}, world.options, {gone}));

  CHECK(route.requests == 1);
  REQUIRE(report.targets[0].rows.size() == 2);
  for (const Row& row : report.targets[0].rows) {
    CHECK(row.outcome == Outcome::failed);
    CHECK(row.reason.find("connection refused") != std::string::npos);
  }
}

TEST_CASE("a pod that is silent costs its timeout once, not once a profile") {
  HttpServer pod([](Connection& connection, const Received&) {
    connection.wait_for_peer_to_close(k_patience);
    connection.close();
  });
  World world;
  world.options.plan.slack = 100ms;

  const Report report = world.run({target_on(pod, "api")});

  const auto& rows = report.targets[0].rows;
  CHECK(rows[1].outcome == Outcome::failed);
  CHECK(rows[1].reason == "timed out after 100ms without a complete response");
  CHECK(rows[0].outcome == Outcome::failed);
  CHECK(rows[0].reason ==
        "not fetched because heap failed: timed out after 100ms without a "
        "complete response");
  CHECK(pod.requests().size() == 1);
}

TEST_CASE("reports are handed on in the order of the targets, and not kept") {
  std::atomic<bool> second_has_answered = false;
  HttpServer first([&](Connection& connection, const Received&) {
    while (!second_has_answered) {
      std::this_thread::sleep_for(1ms);
    }
    connection.reply(200, test::small_heap_profile());
  });
  HttpServer second([&](Connection& connection, const Received& request) {
    connection.reply(200, test::small_heap_profile());
    second_has_answered = request.target.contains("profile");
  });
  World world;
  std::vector<std::string> order;
  world.options.on_target = [&](const TargetReport& report) {
    order.push_back(report.target.pod);
    CHECK(report.rows[1].outcome == Outcome::stored);
  };

  const Report report =
      world.run({target_on(first, "one"), target_on(second, "two")});

  CHECK(order == std::vector<std::string>{"one", "two"});
  CHECK(report.targets.empty());
}

TEST_CASE("a sink that fails makes the row fail and nothing else") {
  HttpServer pod(serve_heap);
  World world;
  world.sink.broken = true;

  const Report report = world.run({target_on(pod, "api")});

  CHECK(report.targets[0].rows[0].outcome == Outcome::failed);
  CHECK(report.targets[0].rows[0].reason == "disk full");
}

TEST_CASE("of two sinks one that fails takes nothing from the other") {
  HttpServer pod(serve_heap);
  World world;
  MemorySink broken;
  broken.broken = true;
  for (const bool first : {true, false}) {
    CAPTURE(first);
    std::vector<Sink*> sinks = {&world.sink, &world.sink};
    sinks[first ? 0 : 1] = &broken;

    const Report report =
        world.loop.run(run_round({.route = world.route.get(), .sinks = sinks},
                                 world.options, {target_on(pod, "api")}));

    const Row& row = report.targets[0].rows[1];
    CHECK(row.outcome == Outcome::failed);
    CHECK(row.reason == "disk full");
    CHECK(row.locations == std::vector<std::string>{"heap of api"});
    CHECK(summarize(report).kept_somewhere == 2);
  }
}

TEST_CASE("when two sinks fail both reasons are kept") {
  HttpServer pod(serve_heap);
  World world;
  MemorySink other;
  world.sink.broken = other.broken = true;
  other.words = "no profefe";

  const Report report = world.loop.run(
      run_round({.route = world.route.get(), .sinks = {&world.sink, &other}},
                world.options, {target_on(pod, "api")}));

  CHECK(report.targets[0].rows[0].reason == "disk full; no profefe");
  CHECK(summarize(report).kept_somewhere == 0);
}

TEST_CASE("without a sink nothing is called stored") {
  HttpServer pod(serve_heap);
  World world;

  const Report report =
      world.loop.run(run_round({.route = world.route.get(), .sinks = {}},
                               world.options, {target_on(pod, "api")}));

  CHECK(summarize(report).stored == 0);
  CHECK(summarize(report).failed == 2);
}

TEST_CASE("no more pods at a time than allowed, and all of them in the end") {
  std::atomic<int> now = 0;
  std::atomic<int> most = 0;
  HttpServer pod([&](Connection& connection, const Received&) {
    most = std::max<int>(most, ++now);
    connection.wait_for_peer_to_close(5ms);
    --now;
    connection.reply(200, test::small_heap_profile());
  });
  World world;
  world.options.concurrency = 4;
  std::vector<Target> targets;
  for (int i = 0; i < 40; ++i) {
    targets.push_back(target_on(pod, "pod-" + std::to_string(i)));
  }

  const Report report = world.run(targets);

  CHECK(most <= 4);
  CHECK(summarize(report).stored == 80);
  CHECK(report.targets[39].target.pod == "pod-39");
}

TEST_CASE("after an interrupt what was fetched is kept and the rest reported") {
  HttpServer pod([&](Connection& connection, const Received& request) {
    if (request.target.find("profile") != std::string::npos) {
      // A round that does not end by itself has a failure instead.
      connection.wait_for_peer_to_close(k_patience);
      connection.close();
    } else {
      connection.reply(200, test::small_heap_profile());
    }
  });
  World world;
  world.options.plan.cpu_time = 300s;
  world.options.on_row = [&](const Target&, const Row&) {
    world.stop.request_stop();  // the heap profile has just been stored
  };

  const Report report =
      world.run({target_on(pod, "first"), target_on(pod, "second")});

  const Summary summary = summarize(report);
  CHECK(summary.stored >= 1);  // of whichever pod was faster
  CHECK(world.sink.kept.size() == summary.stored);
  CHECK(summary.failed == 0);
  CHECK(summary.interrupted == 4 - summary.stored);
}

TEST_CASE("an interrupt while the CPU is sampled frees the pod's profiler") {
  std::atomic<bool> profiler_freed = false;
  std::atomic<bool> sampling = false;
  std::atomic<bool> ended = false;
  HttpServer pod([&](Connection& connection, const Received&) {
    sampling = true;
    profiler_freed = connection.wait_for_peer_to_close(k_patience);
    connection.close();
    ended = true;
  });
  World world;
  world.options.plan = {.kinds = {ProfileKind::cpu}, .cpu_time = 300s};
  const RoundParts parts{.route = world.route.get()};
  const std::vector<Target> targets = {target_on(pod, "api")};
  const auto interrupt = [&](std::size_t job) -> async::Task<void> {
    if (job == 1) {
      while (!sampling) {
        const bool waited = co_await async::sleep_for(5ms, std::stop_token());
        static_cast<void>(waited);
      }
      world.stop.request_stop();
    } else {
      const Report report = co_await run_round(parts, world.options, targets);
      CHECK(summarize(report).interrupted == 1);
    }
  };
  const auto both = [&]() -> async::Task<bool> {
    co_await async::for_each_bounded(2, 2, interrupt);
    co_return true;
  };

  world.loop.run(both());

  while (!ended) {
    std::this_thread::sleep_for(1ms);
  }
  CHECK(profiler_freed);
}

TEST_CASE("files of a round open as what the pod sent") {
  HttpServer pod(serve_heap);
  const Scratch scratch;
  World world;
  const auto files = open_directory_sink(scratch.path());
  REQUIRE(files);

  const Report report = world.loop.run(run_round(
      {.route = world.route.get(), .sinks = {files->get(), &world.sink}},
      world.options, {target_on(pod, "api")}));

  const Row& row = report.targets[0].rows[1];
  REQUIRE(row.locations.size() == 2);
  CHECK(read_file(row.locations[0]) == test::small_heap_profile());
  CHECK(row.locations[1] == "heap of api");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::collect
