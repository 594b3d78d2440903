// SPDX-License-Identifier: MIT
#include "async/for_each_bounded.hpp"
#include "async/loop.hpp"
#include "async/sleep.hpp"
#include "collect/port_forward_route.hpp"
#include "http/client.hpp"
#include "kube/api.hpp"
#include "support/forward_end.hpp"
#include "support/http_server.hpp"

#include <curl/curl.h>
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace kprofefe::collect {
namespace {

using namespace std::chrono_literals;
using test::ForwardEnd;
using test::http_answer;
using test::HttpServer;
using test::Received;

constexpr int k_data = 0;
constexpr int k_errors = 1;

/// What an API server does with an agreed port-forward.
using Script = std::function<void(ForwardEnd&)>;

HttpServer::Handler forwarding(Script script) {
  return [=](test::Connection& connection, const Received& request) {
    ForwardEnd end(connection, request);
    script(end);
    connection.close();
  };
}

/// Greets and answers every request with `bytes`.
void answer_all(ForwardEnd& end, const std::string& bytes) {
  end.greet();
  while (end.read_request()) {
    end.send(k_data, bytes);
  }
}

std::string forbidden_json(std::string_view verb) {
  return fmt::format(
      R"({{"kind":"Status","reason":"Forbidden","message":"pods \"p\" is )"
      R"(forbidden: User \"jane\" cannot {} resource \"pods/portforward\" in )"
      R"(API group \"\" in the namespace \"shop\""}})",
      verb);
}

struct World {
  explicit World(HttpServer::Handler handler) : server(std::move(handler)) {
    limits.connect_timeout = 2s;
    limits.timeout = 3s;
    limits.stop = stop.get_token();
  }

  static kube::ClusterConfig cluster_at(const HttpServer& server) {
    kube::ClusterConfig cluster;
    cluster.server = *http::parse_url(server.url() + "/prefix");
    cluster.tls = std::make_shared<http::Tls>();
    cluster.credentials = kube::fixed_credentials("");
    cluster.source = "context \"x\"";
    return cluster;
  }

  Answer get(collect::Connection* connection,
             const std::string& path = "/heap") {
    return loop.run(connection->get(path, limits));
  }

  /// Runs that many jobs at once to their ends.
  void run_all(std::size_t jobs,
               const std::function<async::Task<void>(std::size_t)>& job) {
    const auto all = [&]() -> async::Task<bool> {
      co_await async::for_each_bounded(jobs, jobs, job);
      co_return true;
    };
    loop.run(all());
  }

  /// One GET by a connection of its own.
  Answer get() {
    const auto connection = route->connect(&target);
    return get(connection.get());
  }

  HttpServer server;
  async::Loop loop;
  Env env = Env::of_process();
  http::Client client{loop, "kprofefe-test/1", env};
  kube::Api api{&client, cluster_at(server), {.retry = {.first_delay = 1ms}}};
  std::unique_ptr<Route> route = port_forward_route(&client, &api, {});
  Target target{.ns = "shop", .pod = "cart-1", .ip = "10.0.0.7"};
  std::stop_source stop;
  http::Limits limits;
};

/// Not 7.88, which cannot have the same socket pair (lib/http/tunnel_socket).
bool libcurl_reuses_tunnels() {
  const unsigned version = curl_version_info(CURLVERSION_NOW)->version_num;
  return version < 0x075800 || version >= 0x080000;
}

TEST_SUITE_BEGIN("collect::port_forward_route");

TEST_CASE("a target's requests share one forward and one connection in it") {
  World world(forwarding(
      [](ForwardEnd& end) { answer_all(end, http_answer("profile")); }));
  const auto connection = world.route->connect(&world.target);

  for (int i = 0; i < 3; ++i) {
    const Answer answer = world.get(connection.get());
    REQUIRE(answer);
    CHECK(answer->status == 200);
    CHECK(answer->body.bytes == "profile");
    CHECK(answer->proven_complete);
  }

  CHECK(connection->via() == "port-forward");
  const std::size_t forwards = libcurl_reuses_tunnels() ? 1 : 3;
  CHECK(world.server.connections() == forwards);
  const auto requests = world.server.requests();
  REQUIRE(requests.size() == forwards);
  CHECK(requests[0].target ==
        "/prefix/api/v1/namespaces/shop/pods/cart-1/portforward?ports=6060");
  CHECK(requests[0].header("Sec-WebSocket-Protocol") == "v4.channel.k8s.io");
  CHECK(requests[0].header("Sec-WebSocket-Version") == "13");
  CHECK(requests[0].header("Accept").empty());
}

TEST_CASE("the pod sees its own address and none of our credentials") {
  std::string seen;
  World world(forwarding([&](ForwardEnd& end) {
    end.greet();
    seen = end.read_request().value_or("");
    end.send(k_data, http_answer("x"));
  }));
  world.api =
      kube::Api(&world.client,
                [&] {
                  kube::ClusterConfig cluster = World::cluster_at(world.server);
                  cluster.credentials =
                      kube::fixed_credentials("Bearer of-the-api-server");
                  return cluster;
                }(),
                {});

  REQUIRE(world.get());

  CHECK(seen.starts_with("GET /heap HTTP/1.1\r\nHost: 10.0.0.7:6060\r\n"));
  CHECK(seen.find("Authorization") == std::string::npos);
  CHECK(world.server.requests()[0].header("Authorization") ==
        "Bearer of-the-api-server");
}

TEST_CASE("bodies come whole, however they are cut") {
  const std::string body(300'000, 'p');
  const std::string bytes = http_answer(body);
  const std::string chunked =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
      "493e0\r\n" +
      body + "\r\n0\r\n\r\n";

  struct Row {
    const char* name;
    Script script;
  };

  const Row rows[] = {
      {"one frame", [&](ForwardEnd& end) { end.send(k_data, bytes); }},
      {"chunked", [&](ForwardEnd& end) { end.send(k_data, chunked); }},
      {"a frame for every 1,000 bytes",
       [&](ForwardEnd& end) {
         for (std::size_t at = 0; at < bytes.size(); at += 1000) {
           end.send(k_data, bytes.substr(at, 1000));
         }
       }},
      {"fragments of a message, with a ping between",
       [&](ForwardEnd& end) {
         end.send_frame(0x02, std::string(1, '\0'));
         end.send_frame(0x00, bytes.substr(0, 100));
         end.send_frame(0x89, "are you there");
         end.send_frame(0x00, "");
         end.send_frame(0x80, bytes.substr(100));
       }},
      {"empty messages", [&](ForwardEnd& end) {
         end.send(k_data, "");
         end.send(k_errors, "");
         end.send(k_data, bytes);
       }}};
  for (const Row& row : rows) {
    CAPTURE(row.name);
    World world(forwarding([&](ForwardEnd& end) {
      end.greet();
      if (end.read_request()) {
        row.script(end);
        end.read_request();
      }
    }));

    const Answer answer = world.get();

    REQUIRE(answer);
    CHECK(answer->body.bytes == body);
  }
}

TEST_CASE("pings are answered while a profile samples in silence") {
  World world(forwarding([&](ForwardEnd& end) {
    end.greet();
    end.read_request();
    for (int i = 0; i < 3; ++i) {
      end.send_frame(0x89, "still there?");
    }
    // Whoever does not answer gets no profile.
    if (end.read_pongs(3)) {
      end.send(k_data, http_answer("x"));
    }
  }));

  CHECK(world.get());
}

TEST_CASE("a forward that breaks says how, and never hangs") {
  struct Row {
    const char* name;
    Script script;
    ErrorKind kind;
    const char* words;
  };

  const Row rows[] = {
      {"nothing listens on the port",
       [](ForwardEnd& end) {
         end.greet();
         end.send(
             k_errors,
             "error forwarding port 6060 to pod 0a1b, uid : failed to "
             "dial: dial tcp4 127.0.0.1:6060: connect: connection refused");
       },
       ErrorKind::unreachable, "nothing listens on port 6060"},
      {"another error of the node",
       [](ForwardEnd& end) {
         end.greet();
         end.send(k_errors, "failed to find sandbox 0a1b");
       },
       ErrorKind::unreachable, "failed to find sandbox"},
      {"closed in the middle of a body",
       [](ForwardEnd& end) {
         end.greet();
         end.read_request();
         end.send(k_data, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
         end.send_frame(0x88, "\x03\xe8");
       },
       ErrorKind::malformed, "before the body was complete"},
      {"a channel that there is not",
       [](ForwardEnd& end) {
         end.greet();
         end.read_request();
         end.send(7, "what?");
       },
       ErrorKind::malformed, "unknown channel 7"},
      {"a giant frame",
       [](ForwardEnd& end) {
         end.greet();
         end.read_request();
         end.send_frame(0x82, std::string(17'000'000, '\0'));
       },
       ErrorKind::malformed, "a frame of 17000000 bytes is too large"},
      {"a greeting that never comes",
       [](ForwardEnd& end) { end.read_request(); }, ErrorKind::timeout,
       "timed out after 300ms"},
      {"a greeting for another port",
       [](ForwardEnd& end) { end.send(k_data, "\x01\x02"); },
       ErrorKind::malformed, "got port 513 instead of 6060"},
      {"data before the greeting",
       [](ForwardEnd& end) {
         end.send(k_data, std::string("\xac\x17") + "HTTP/1.1");
       },
       ErrorKind::malformed, "data before the port number"},
      {"closed at once", [](ForwardEnd& end) { end.send_frame(0x88, ""); },
       ErrorKind::network, "closed the port-forward immediately"},
      {"an end without a close frame", [](ForwardEnd& end) { end.greet(); },
       ErrorKind::network, "without a close frame"},
      {"a reset in place of an end",
       [](ForwardEnd& end) {
         end.greet();
         end.read_request();
         end.reset();
       },
       ErrorKind::network, "without a close frame: "},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    World world(forwarding(row.script));
    // Short only for what never comes: a machine may be slow.
    const bool never_comes = row.kind == ErrorKind::timeout;
    world.limits.connect_timeout = never_comes ? 300ms : 10s;

    const Answer answer = world.get();

    REQUIRE(!answer);
    CAPTURE(answer.error().error.message);
    CHECK(answer.error().error.kind == row.kind);
    CHECK(answer.error().error.message.find(row.words) != std::string::npos);
  }
}

TEST_CASE("a handshake that is none is refused with a reason") {
  struct Row {
    const char* name;
    HttpServer::Handler handler;
    ErrorKind kind;
    const char* words;
  };

  const Row rows[] = {
      {"the answer to another key",
       [](test::Connection& connection, const Received& request) {
         ForwardEnd end(connection, request, "bm90IHRoZSByaWdodCBvbmU=");
         connection.wait_for_peer_to_close(2s);
         connection.close();
       },
       ErrorKind::malformed, "Sec-WebSocket-Accept does not match the request"},
      {"no HTTP",
       [](test::Connection& connection, const Received&) {
         connection.send("SSH-2.0-OpenSSH_9.2\r\n\r\n");
         connection.close();
       },
       ErrorKind::malformed,
       R"(invalid HTTP/1.x response "SSH-2.0-OpenSSH_9.2)"},
      {"a pod that there is not",
       [](test::Connection& connection, const Received&) {
         connection.reply(404, R"({"kind":"Status","reason":"NotFound",)"
                               R"("message":"pods \"cart-1\" not found"})");
       },
       ErrorKind::not_found, R"(pod "cart-1" not found in namespace "shop")"},
      {"a proxy that passes no upgrades on",
       [](test::Connection& connection, const Received&) {
         connection.reply(400, R"({"kind":"Status","message":"unable to )"
                               R"(upgrade: Upgrade request required"})");
       },
       ErrorKind::http_status, "does not forward upgrades"},
      {"a page in its place",
       [](test::Connection& connection, const Received&) {
         connection.reply(200, "<html>Welcome</html>");
       },
       ErrorKind::http_status,
       R"(returned 200 with a page ("Welcome") instead of opening a WebSocket)"},
      {"RBAC without get",
       [](test::Connection& connection, const Received&) {
         connection.reply(403, forbidden_json("get"));
       },
       ErrorKind::denied, R"("jane" needs the verb "get")"},
      {"RBAC without create, from Kubernetes 1.35 on",
       [](test::Connection& connection, const Received&) {
         connection.reply(403, forbidden_json("create"));
       },
       ErrorKind::denied, R"("jane" needs the verb "create")"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    World world(row.handler);

    const Answer answer = world.get();

    REQUIRE(!answer);
    CAPTURE(answer.error().error.message);
    CHECK(answer.error().closes_route);
    CHECK(answer.error().error.kind == row.kind);
    CHECK(answer.error().error.message.find(row.words) != std::string::npos);
  }
}

TEST_CASE("what is refused to a namespace or to everybody is asked once") {
  struct Row {
    const char* name;
    int status;
    std::string body;
    int asked;
  };

  const Row rows[] = {
      {"RBAC: once for each of the two namespaces", 403, forbidden_json("get"),
       2},
      {"no upgrades: once", 426, "", 1},
      {"a node that does not answer: each", 500,
       R"({"kind":"Status","message":"error dialing backend: no route"})", 20},
      {"a pod that is gone: each", 404,
       R"({"kind":"Status","message":"pods \"p\" not found"})", 20}};
  for (const Row& row : rows) {
    CAPTURE(row.name);
    World world([&](test::Connection& connection, const Received&) {
      connection.reply(row.status, row.body);
      connection.close();
    });
    std::vector<Target> targets;
    for (int i = 0; i < 20; ++i) {
      targets.push_back(
          {.ns = i % 2 == 0 ? "shop" : "bank", .pod = fmt::format("p{}", i)});
    }
    std::atomic<int> refused = 0;
    const auto job = [&](std::size_t index) -> async::Task<void> {
      const auto connection = world.route->connect(&targets[index]);
      const Answer answer = co_await connection->get("/", world.limits);
      refused += answer ? 0 : 1;
    };

    world.run_all(targets.size(), job);

    CHECK(refused == 20);
    CHECK(world.server.requests().size() ==
          static_cast<std::size_t>(row.asked));
  }
}

/// How many of `count` targets, one after another, could be reached.
int reached(World& world, int count) {
  int answers = 0;
  for (int i = 0; i < count; ++i) {
    Target target{.ns = "shop", .pod = fmt::format("p{}", i)};
    const auto connection = world.route->connect(&target);
    answers += world.get(connection.get()) ? 1 : 0;
  }
  return answers;
}

TEST_CASE("a server that has too much to do is asked again") {
  struct Row {
    const char* name;
    int status;
    std::vector<std::pair<std::string, std::string>> headers;
  };

  const Row rows[] = {
      {"priority and fairness", 429, {{"Retry-After", "0"}}},
      {"a gateway that finds no server", 503, {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    std::atomic<int> asked = 0;
    World world([&](test::Connection& connection, const Received& request) {
      if (++asked <= 2) {
        connection.reply(row.status, "Too many requests", row.headers);
        connection.close();
        return;
      }
      ForwardEnd end(connection, request);
      answer_all(end, http_answer("x"));
      connection.close();
    });

    CHECK(reached(world, 3) == 3);
    CHECK(asked == 5);
  }
}

TEST_CASE("a server that stays busy refuses this pod and no other") {
  World world([&](test::Connection& connection, const Received& request) {
    if (request.target.find("/p0/") != std::string::npos) {
      connection.reply(429, "Too many requests", {{"Retry-After", "0"}});
    } else {
      ForwardEnd end(connection, request);
      answer_all(end, http_answer("x"));
    }
    connection.close();
  });

  CHECK(reached(world, 3) == 2);
  CHECK(world.server.requests().size() == 10 + 2);
}

TEST_CASE("what has worked for one pod is not closed to all by another") {
  World world([&](test::Connection& connection, const Received& request) {
    if (request.target.find("/p1/") != std::string::npos) {
      connection.reply(404, "page not found");
    } else {
      ForwardEnd end(connection, request);
      answer_all(end, http_answer("x"));
    }
    connection.close();
  });

  CHECK(reached(world, 3) == 2);
}

TEST_CASE("a silent pod holds the others up for a moment only") {
  World world([&](test::Connection& connection, const Received& request) {
    if (request.target.find("/p0/") != std::string::npos) {
      connection.wait_for_peer_to_close(10s);
    } else {
      ForwardEnd end(connection, request);
      answer_all(end, http_answer("x"));
    }
    connection.close();
  });
  std::vector<Target> targets;
  for (int i = 0; i < 5; ++i) {
    targets.push_back({.ns = "shop", .pod = fmt::format("p{}", i)});
  }
  std::string ended;
  const auto job = [&](std::size_t index) -> async::Task<void> {
    const auto connection = world.route->connect(&targets[index]);
    const Answer answer = co_await connection->get("/", world.limits);
    ended += answer ? 'x' : '-';
  };

  world.run_all(targets.size(), job);

  CHECK(ended == "xxxx-");
}

TEST_CASE("a connection that the pod has ended is opened again") {
  World world(forwarding([](ForwardEnd& end) {
    end.greet();
    end.read_request();
    end.send(k_data, http_answer("x"));
  }));
  const auto connection = world.route->connect(&world.target);

  CHECK(world.get(connection.get()));
  CHECK(world.get(connection.get()));

  CHECK(world.server.connections() == 2);
}

TEST_CASE("a request that was cut after some time is not made again") {
  World world(forwarding([](ForwardEnd& end) {
    end.greet();
    end.read_request();
    end.send(k_data, http_answer("x"));
    end.read_request();
    std::this_thread::sleep_for(20ms);
    end.send_frame(0x88, "\x03\xe8");
  }));
  const auto connection = world.route->connect(&world.target);
  REQUIRE(world.get(connection.get()));
  if (!libcurl_reuses_tunnels()) {
    return;
  }
  world.limits.connect_timeout = 1ms;

  const Answer answer = world.get(connection.get());

  REQUIRE(!answer);
  CHECK(answer.error().error.kind == ErrorKind::network);
  CHECK(answer.error().error.message ==
        "the connection was closed without a response");
  CHECK_FALSE(answer.error().closes_route);
  CHECK_FALSE(answer.error().is_explained);
  CHECK(answer.error().waited >= 20ms);
  CHECK(world.server.connections() == 1);
}

TEST_CASE("a stop closes the forward, and with it the pod's profiler") {
  std::atomic<bool> sampling = false;
  std::atomic<bool> freed = false;
  World world(forwarding([&](ForwardEnd& end) {
    end.greet();
    end.read_request();
    sampling = true;
    freed = !end.read_request();
  }));
  const auto connection = world.route->connect(&world.target);
  const auto job = [&](std::size_t index) -> async::Task<void> {
    if (index == 0) {
      const Answer answer = co_await connection->get("/", world.limits);
      REQUIRE(!answer);
      CHECK(answer.error().error.kind == ErrorKind::cancelled);
      CHECK(!answer.error().closes_route);
      co_return;
    }
    while (!sampling) {
      const bool waited = co_await async::sleep_for(1ms, std::stop_token());
      static_cast<void>(waited);
    }
    world.stop.request_stop();
  };

  world.run_all(2, job);

  while (!freed) {  // ctest's timeout ends a test that waits in vain
    std::this_thread::sleep_for(1ms);
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::collect
