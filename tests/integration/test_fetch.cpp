// SPDX-License-Identifier: MIT
#include "async/loop.hpp"
#include "collect/fetch.hpp"
#include "collect/pod_ip_route.hpp"
#include "collect/probe.hpp"
#include "collect/proxy_route.hpp"
#include "http/client.hpp"
#include "kube/api.hpp"
#include "support/http_server.hpp"
#include "support/sample_profiles.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace kprofefe::collect {
namespace {

using namespace std::chrono_literals;
using pprof::ProfileKind;
using test::HttpServer;
using test::Received;

using Targets = std::vector<std::string>;

/// One pod that is asked for one profile, with no time to lose.
struct World {
  explicit World(std::uint16_t port) { target.port = port; }

  Fetched fetch(Route& route, ProfileKind kind = ProfileKind::cpu) {
    const std::unique_ptr<Connection> connection = route.connect(&target);
    const Fetch what = plan_fetches({.kinds = {kind}, .cpu_time = 1s}).front();
    return loop.run(
        fetch_profile(connection.get(), &target, what, false, &options));
  }

  Fetched fetch() {
    const std::unique_ptr<Route> route = pod_ip_route(&client, {});
    return fetch(*route);
  }

  async::Loop loop;
  Env env = Env::of_process();
  http::Client client{loop, "kprofefe-test/1", env};
  Target target{.ns = "shop", .pod = "api", .ip = "127.0.0.1"};
  pprof::BodyChecker checker;
  FetchOptions options{
      .busy_patience = 10s, .busy_first_delay = 1ms, .checker = &checker};
};

std::string words_of(const Fetched& fetched) {
  if (const auto* nothing = std::get_if<NothingThere>(&fetched)) {
    return nothing->reason;
  }
  const auto* obstacle = std::get_if<RouteError>(&fetched);
  return obstacle != nullptr ? obstacle->error.message : "a profile";
}

Targets targets_of(const HttpServer& server) {
  Targets targets;
  for (const Received& request : server.requests()) {
    targets.push_back(request.target);
  }
  return targets;
}

/// A router that sends every path on to the same path with a slash behind it,
/// which starts with `root`; like many, it drops the query.
void want_a_slash(test::Connection& connection, const Received& request,
                  const std::string& root = "") {
  const std::string path = request.target.substr(0, request.target.find('?'));
  if (path.ends_with('/')) {
    connection.reply(200, test::small_heap_profile());
  } else {
    connection.reply(301, "Moved", {{"Location", root + path + "/"}});
  }
}

TEST_SUITE_BEGIN("collect::fetch_profile");

TEST_CASE("a redirect within the pod is followed, and the query kept") {
  HttpServer pod([](test::Connection& connection, const Received& request) {
    want_a_slash(connection, request);
  });
  World world(pod.port());

  CHECK(words_of(world.fetch()) == "a profile");

  CHECK(targets_of(pod) == Targets{"/debug/pprof/profile?seconds=1",
                                   "/debug/pprof/profile/?seconds=1"});
}

TEST_CASE("a redirect to another server is asked for nothing, and named") {
  HttpServer other([](test::Connection& connection, const Received&) {
    connection.reply(200, test::small_heap_profile());
  });
  HttpServer pod([&](test::Connection& connection, const Received& request) {
    want_a_slash(connection, request, other.url());
  });
  World world(pod.port());

  CHECK(
      words_of(world.fetch()) ==
      "the pod redirects to " + other.url() +
          "/debug/pprof/profile/?seconds=1, a different server; not followed");

  CHECK(other.requests().empty());
  CHECK(pod.requests().size() == 1);
}

TEST_CASE("redirects without an end are named") {
  HttpServer loop([](test::Connection& connection, const Received& request) {
    connection.reply(302, "", {{"Location", request.target}});
  });
  CHECK(words_of(World(loop.port()).fetch()).contains("in a loop"));
  CHECK(loop.requests().size() == 1);

  std::atomic<int> asked = 0;
  HttpServer endless([&](test::Connection& connection, const Received&) {
    connection.reply(302, "", {{"Location", "/?" + std::to_string(++asked)}});
  });
  CHECK(words_of(World(endless.port()).fetch())
            .contains("more than 10 times, last to"));
  CHECK(endless.requests().size() == 11);
}

/// An API server whose proxy leads to one pod of shop, a program that wants a
/// slash, and what it writes before the Location of that program.
struct ProxiedPod {
  explicit ProxiedPod(const std::string& before_location) {
    server = std::make_unique<HttpServer>(
        [this, before_location](test::Connection& connection,
                                const Received& request) {
          Received of_pod = request;
          if (!request.target.starts_with(root)) {
            connection.reply(500, "this is not the pod");
            return;
          }
          of_pod.target = request.target.substr(root.size());
          want_a_slash(connection, of_pod, before_location);
        });
    cluster.server = *http::parse_url(server->url());
    cluster.tls = std::make_shared<http::Tls>();
    cluster.credentials = kube::fixed_credentials("Bearer t0ken");
  }

  std::string root = "/api/v1/namespaces/shop/pods/api:6060/proxy";
  kube::ClusterConfig cluster;
  std::unique_ptr<HttpServer> server;  // whose threads use the others
};

TEST_CASE("by the API server's proxy a redirect stays on the pod's path") {
  const std::string root = "/api/v1/namespaces/shop/pods/api:6060/proxy";
  for (const std::string& before : {root, std::string()}) {
    CAPTURE(before);
    ProxiedPod pod(before);
    World world(6060);
    kube::Api api(&world.client, pod.cluster, {});
    const std::unique_ptr<Route> route = proxy_route(&api, {});

    CHECK(words_of(world.fetch(*route)) == "a profile");

    CHECK(targets_of(*pod.server) ==
          Targets{root + "/debug/pprof/profile?seconds=1",
                  root + "/debug/pprof/profile/?seconds=1"});
  }
}

TEST_CASE("by the API server's proxy a redirect does not reach the API") {
  for (const std::string_view before :
       {"/api/v1/secrets", "/api/v1/namespaces/shop/pods/other:6060/proxy",
        "/api/v1/namespaces/shop/pods/api:6060/proxy/../../../secrets"}) {
    CAPTURE(before);
    ProxiedPod pod{std::string(before)};
    World world(6060);
    kube::Api api(&world.client, pod.cluster, {});
    const std::unique_ptr<Route> route = proxy_route(&api, {});

    const Fetched ignored = world.fetch(*route);

    for (const std::string& target : targets_of(*pod.server)) {
      CAPTURE(target);
      CHECK(target.starts_with(pod.root + "/"));
      CHECK_FALSE(target.contains("/../"));
    }
  }
}

TEST_CASE("Retry-After is waited for where patience allows it") {
  std::atomic<int> asked = 0;
  HttpServer pod([&](test::Connection& connection, const Received&) {
    if (++asked < 3) {
      connection.reply(429, "", {{"Retry-After", "0"}});
    } else {
      connection.reply(200, test::small_heap_profile());
    }
  });
  CHECK(words_of(World(pod.port()).fetch()) == "a profile");
  CHECK(asked == 3);

  HttpServer patient([](test::Connection& connection, const Received&) {
    connection.reply(503, "profiler busy", {{"Retry-After", "3600"}});
  });
  CHECK(words_of(World(patient.port()).fetch()) ==
        "busy: another client is using the pod's profiler (profiler busy), "
        "asks to wait 1h0m; tried 1 times in 10s");
}

TEST_CASE("a conflict that is not about the profiler fails at once") {
  HttpServer pod([](test::Connection& connection, const Received&) {
    connection.reply(409, "wrong replica");
  });
  World world(pod.port());
  const std::unique_ptr<Route> route = pod_ip_route(&world.client, {});
  for (const ProfileKind kind : {ProfileKind::heap, ProfileKind::cpu}) {
    CHECK(words_of(world.fetch(*route, kind)) ==
          "the pod returned status 409: wrong replica");
  }
  CHECK(pod.requests().size() == 2);
}

TEST_CASE("plain HTTP on a port of TLS names the annotation") {
  HttpServer nginx([](test::Connection& connection, const Received&) {
    connection.reply(400,
                     "<html><head><title>400 The plain HTTP request was sent "
                     "to HTTPS port</title></head></html>");
  });
  HttpServer closing([](test::Connection& connection, const Received&) {
    connection.close();
  });
  for (const HttpServer* pod : {&nginx, &closing}) {
    CHECK(words_of(World(pod->port()).fetch())
              .ends_with("set the annotation profefe.com/scheme: https"));
  }
}

TEST_CASE("a goroutine dump is fetched as it is, and nothing else for one") {
  const std::string dump = "goroutine 1 [running]:\nmain.main()\n\t/m.go:1\n";
  HttpServer pod([&](test::Connection& connection, const Received&) {
    connection.reply(200, dump);
  });
  HttpServer page([&](test::Connection& connection, const Received&) {
    connection.reply(200, "<title>Sign in</title>" + std::string(9000, ' '));
  });
  const auto fetch_dump = [](const HttpServer& server) {
    World world(server.port());
    const std::unique_ptr<Route> route = pod_ip_route(&world.client, {});
    const std::unique_ptr<Connection> connection =
        route->connect(&world.target);
    const Fetch what = plan_fetches({.kinds = {ProfileKind::goroutine},
                                     .form = Form::goroutine_dump})
                           .front();
    return world.loop.run(fetch_profile(connection.get(), &world.target, what,
                                        true, &world.options));
  };
  const Fetched fetched = fetch_dump(pod);
  REQUIRE(std::holds_alternative<FetchedBody>(fetched));
  CHECK(std::get<FetchedBody>(fetched).body.bytes == dump);
  CHECK(targets_of(pod) == Targets{"/debug/pprof/goroutine?debug=2"});
  CHECK(words_of(fetch_dump(page))
            .contains("not a goroutine dump but an HTML page: Sign in"));
}

TEST_CASE("targets are probed at the same time, and each has its answer") {
  std::atomic<int> open = 0;
  std::atomic<int> most = 0;
  HttpServer pod([&](test::Connection& connection, const Received& request) {
    most = std::max(most.load(), ++open);
    std::this_thread::sleep_for(50ms);
    --open;
    if (request.target == "/debug/pprof/") {
      connection.reply(200, "<td>5</td><a href='heap?debug=1'>heap</a>");
    } else {
      connection.reply(404, "404 page not found");
    }
  });
  World world(pod.port());
  std::vector<Target> targets(6, world.target);
  targets[1].path = "/ops";
  targets[4].port = test::closed_port();
  const std::unique_ptr<Route> route = pod_ip_route(&world.client, {});
  const ProbeOptions options{.concurrency = 2, .fetch = world.options};

  const std::vector<Probe> probes =
      world.loop.run(probe_targets(route.get(), &options, &targets));

  REQUIRE(probes.size() == 6);
  CHECK(probes[0].profiles == std::vector<pprof::IndexEntry>{{"heap", 5}});
  CHECK(probes[0].via == "pod-ip");
  REQUIRE(probes[1].failure);
  CHECK(probes[1].failure->message == "index of profiles not offered (404)");
  REQUIRE(probes[4].failure);
  CHECK(probes[4].failure->kind == ErrorKind::unreachable);
  CHECK(probes[5].profiles.size() == 1);
  CHECK(most == 2);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::collect
