// SPDX-License-Identifier: MIT
#include "async/loop.hpp"
#include "collect/fallback_route.hpp"
#include "collect/pod_ip_route.hpp"
#include "collect/port_forward_route.hpp"
#include "http/client.hpp"
#include "kube/api.hpp"
#include "support/forward_end.hpp"
#include "support/http_server.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace kprofefe::collect {
namespace {

using namespace std::chrono_literals;
using test::ForwardEnd;
using test::http_answer;
using test::HttpServer;
using test::Received;

/// Greets and answers every request on a port-forward.
void forward(test::Connection& connection, const Received& request) {
  ForwardEnd end(connection, request);
  end.greet();
  while (end.read_request()) {
    end.send(0, http_answer("profile"));
  }
  connection.close();
}

void forbid(test::Connection& connection, const Received& /*request*/) {
  connection.reply(403, "no");
  connection.close();
}

/// As in the cluster: by pod IP, where a sidecar answers, or by port-forward.
struct World {
  explicit World(HttpServer::Handler at_pod_ip,
                 HttpServer::Handler api_server = forward)
      : pod(std::move(at_pod_ip)), server(std::move(api_server)) {
    std::vector<std::unique_ptr<Route>> routes;
    routes.push_back(pod_ip_route(&client, {}));
    routes.push_back(port_forward_route(&client, &api, {}));
    route = fallback_route(std::move(routes));
    connection = route->connect(&target);
    limits.connect_timeout = 10s;
    limits.timeout = 30s;
  }

  static kube::ClusterConfig cluster_at(const HttpServer& server) {
    kube::ClusterConfig cluster;
    cluster.server = *http::parse_url(server.url());
    cluster.tls = std::make_shared<http::Tls>();
    cluster.credentials = kube::fixed_credentials("");
    cluster.source = "context \"x\"";
    return cluster;
  }

  Answer get() { return loop.run(connection->get("/heap", limits)); }

  HttpServer pod;
  HttpServer server;
  async::Loop loop;
  Env env = Env::of_process();
  http::Client client{loop, "kprofefe-test/1", env};
  kube::Api api{&client, cluster_at(server), {.retry = {.first_delay = 1ms}}};
  std::unique_ptr<Route> route;
  Target target{
      .ns = "shop", .pod = "cart-1", .ip = "127.0.0.1", .port = pod.port()};
  std::unique_ptr<collect::Connection> connection;
  http::Limits limits;
};

struct Sidecar {
  const char* name;
  HttpServer::Handler handler;
};

/// An answer that is not the pod's.
HttpServer::Handler replying(
    int status, std::string text,
    std::vector<std::pair<std::string, std::string>> headers) {
  return [=](test::Connection& connection, const Received&) {
    connection.reply(status, text, headers);
    connection.close();
  };
}

const Sidecar k_sidecars[] = {
    {"resets", [](test::Connection& connection,
                  const Received&) { connection.close_with_reset(); }},
    {"closes without a byte",
     [](test::Connection& connection, const Received&) { connection.close(); }},
    {"speaks TLS only",
     [](test::Connection& connection, const Received&) {
       connection.send(std::string("\x15\x03\x01\x00\x02\x02\x16", 7));
       connection.close();
     }},
    {"Envoy, whose upstream has reset",
     replying(503,
              "upstream connect error or disconnect/reset before headers. "
              "reset reason: connection termination",
              {{"server", "envoy"}})},
    {"Envoy of Istio without an upstream",
     replying(503, "no healthy upstream", {{"server", "istio-envoy"}})},
    {"Envoy that lets nobody in",
     replying(403, "RBAC: access denied", {{"server", "istio-envoy"}})},
    {"Linkerd",
     replying(502, "",
              {{"l5d-proxy-error", "connect error: Connection refused"}})},
};

TEST_SUITE_BEGIN("collect::fallback_route");

TEST_CASE("a sidecar that stands for the pod leads to the next route") {
  for (const Sidecar& sidecar : k_sidecars) {
    CAPTURE(sidecar.name);
    World world(sidecar.handler);

    for (int i = 0; i < 2; ++i) {
      const Answer answer = world.get();
      REQUIRE(answer);
      CHECK(answer->body.bytes == "profile");
    }

    CHECK(world.connection->via() == "port-forward");
    CHECK(world.connection->fallback_reason().starts_with("pod-ip: "));
    CHECK(world.pod.requests().size() == 1);
  }
}

TEST_CASE("without another route the sidecar's words are told, not advice") {
  for (const Sidecar& sidecar : k_sidecars) {
    CAPTURE(sidecar.name);
    World world(sidecar.handler, forbid);

    const Answer answer = world.get();

    REQUIRE(!answer);
    CAPTURE(answer.error().error.message);
    CHECK(answer.error().error.message.starts_with("pod-ip: "));
    CHECK(answer.error().error.message.contains("; port-forward: "));
    // The next profile may be let through.
    CHECK_FALSE(answer.error().closes_route);
  }
}

TEST_CASE("what the pod itself answers is its answer") {
  struct Row {
    const char* name;
    int status;
    const char* text;
  };

  const Row rows[] = {{"busy", 500, "cpu profiling already in use"},
                      {"overloaded", 503, "too many requests"},
                      {"a gateway's timeout", 504, "upstream request timeout"},
                      {"a login", 403, "access denied"}};
  for (const Row& row : rows) {
    CAPTURE(row.name);
    World world(replying(row.status, row.text, {{"server", "envoy"}}));

    const Answer answer = world.get();

    REQUIRE(answer);
    CHECK(answer->status == row.status);
    CHECK(world.connection->via() == "pod-ip");
    CHECK(world.server.requests().empty());
  }
}

TEST_CASE("a pod is reached when any of its addresses answers") {
  for (const Sidecar& sidecar : k_sidecars) {
    CAPTURE(sidecar.name);
    World world(sidecar.handler, forbid);
    HttpServer second(replying(200, "profile", {}), "127.0.0.2",
                      world.pod.port());
    world.target.other_ips = {"127.0.0.2"};

    for (int i = 0; i < 2; ++i) {
      REQUIRE(world.get());
    }

    CHECK(world.connection->via() == "pod-ip");
    CHECK(world.connection->address() == "127.0.0.2");
    CHECK(world.connection->fallback_reason().empty());
    CHECK(world.pod.requests().size() == 1);
    CHECK(second.requests()[1].header("Host") ==
          fmt::format("127.0.0.2:{}", world.pod.port()));
  }
}

TEST_CASE("a pod none of whose addresses answers names them all") {
  World world(replying(200, "", {}), forbid);
  const std::uint16_t port = test::closed_port();
  world.target.port = port;
  world.target.other_ips = {"127.0.0.2", "::1"};

  const Answer answer = world.get();

  REQUIRE(!answer);
  CHECK(answer.error().error.message.starts_with(
      fmt::format("pod-ip: connect to 127.0.0.1:{0}: connection refused; "
                  "connect to 127.0.0.2:{0}: connection refused; "
                  "connect to [::1]:{0}: ",
                  port)));
  CHECK(answer.error().closes_route);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::collect
