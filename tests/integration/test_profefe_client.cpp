// SPDX-License-Identifier: MIT
#include "async/for_each_bounded.hpp"
#include "async/loop.hpp"
#include "async/sleep.hpp"
#include "base/moment.hpp"
#include "http/client.hpp"
#include "profefe/client.hpp"
#include "profefe/hostport.hpp"
#include "support/http_server.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace kprofefe::profefe {
namespace {

using namespace std::chrono_literals;
using test::Connection;
using test::HttpServer;
using test::Received;

constexpr std::string_view k_stored =
    R"({"code":200,"body":{"id":"id/1","type":"cpu","service":"s"}})";

/// Short waits, so that a test of every try takes milliseconds.
Options impatient() {
  return {.retry = {.attempts = 3, .first_delay = 1ms, .max_delay = 5ms},
          .timeout = 5s,
          .patience = 0ms};
}

struct World {
  explicit World(const std::string& hostport, Options options = impatient())
      : client(&http,
               {.url = parse_hostport(hostport).value().url, .tunnel = nullptr},
               std::move(options)) {}

  Result<std::optional<StoredProfile>> push(PushRequest profile) {
    return loop.run(client.push(std::move(profile)));
  }

  Result<std::optional<StoredProfile>> push() {
    return push({.service = "s", .type = "cpu", .body = "bytes"});
  }

  async::Loop loop;
  Env env = Env::of_process();
  http::Client http{loop, "kprofefe-test/1", env};
  Client client;
};

bool says(const Error& error, std::string_view words) {
  return error.message.find(words) != std::string::npos;
}

HttpServer::Handler always(int status, std::string body) {
  return [status, body = std::move(body)](Connection& connection,
                                          const Received&) {
    connection.reply(status, body);
  };
}

TEST_SUITE_BEGIN("profefe::Client");

TEST_CASE("push sends a profile as profefe wants it") {
  HttpServer server(always(200, std::string(k_stored)));
  World world(server.url() + "/prefix/");
  const std::string body("\x1f\x8b\0profile", 10);

  const auto stored = world.push(
      {.service = "shop api",
       .type = "cpu",
       .labels = {{"namespace", "a,b"}, {"from", "kube-profefe"}},
       .created_at = parse_rfc3339("2026-11-01T03:02:03+02:00").value(),
       .body = body});

  REQUIRE(stored);
  REQUIRE(*stored);
  CHECK((*stored)->id == "id/1");
  CHECK((*stored)->url == server.url() + "/prefix/api/0/profiles/id%252F1");
  REQUIRE(server.requests().size() == 1);
  const Received request = server.requests()[0];
  CHECK(request.method == "POST");
  CHECK(request.target ==
        "/prefix/api/0/profiles?service=shop%20api&type=cpu"
        "&labels=from%3Dkube-profefe%2Cnamespace%3Da%252Cb"
        "&created_at=2026-11-01T01%3A02%3A03");
  CHECK(request.header("Content-Type") == "application/octet-stream");
  CHECK(request.body == body);
}

TEST_CASE("allocs is pushed as other and can be told from it") {
  HttpServer server(always(200, std::string(k_stored)));
  World world(server.url());

  REQUIRE(world.push({.service = "s", .type = "allocs", .body = "b"}));

  const std::string target = server.requests().at(0).target;
  CAPTURE(target);
  CHECK(target.find("&type=other&labels=profile_type%3Dallocs&") !=
        std::string::npos);
}

TEST_CASE("a profile without samples is no failure and not stored") {
  HttpServer server(always(
      400, R"x({"code":400,"error":"malformed profile (could not parse pprof )x"
           R"x(profile: profile is empty: no samples)"})x"));
  World world(server.url());

  const auto stored = world.push();

  REQUIRE(stored);
  CHECK_FALSE(*stored);
  CHECK(server.requests().size() == 1);
}

struct Refusal {
  const char* name;
  HttpServer::Handler handler;
  ErrorKind kind;
  const char* words;
  std::size_t tries;
};

TEST_CASE(
    "a refused push says where and why, and only what can pass is "
    "tried again") {
  const Refusal rows[] = {
      {"400", always(400, R"({"code":400,"error":"unknown profile type"})"),
       ErrorKind::http_status, " returned 400: unknown profile type", 1},
      {"404 of another server", always(404, "404 page not found\n"),
       ErrorKind::http_status,
       " returned 404: 404 page not found; is this a profefe server?", 1},
      {"401", always(401, "who are you"), ErrorKind::denied,
       " returned 401: who are you", 1},
      {"413 of a proxy",
       always(413, "<html><head><title>413 Too Large</title></head></html>"),
       ErrorKind::http_status, " returned 413: 413 Too Large", 1},
      {"429", always(429, "slow down"), ErrorKind::http_status,
       " returned 429: slow down", 1},
      {"500", always(500, R"({"code":500,"error":"failed to collect"})"),
       ErrorKind::http_status, " returned 500: failed to collect", 3},
      {"503 without a word", always(503, ""), ErrorKind::http_status,
       " returned 503", 1},
      {"HTML", always(200, "<!doctype html><html>Welcome"),
       ErrorKind::malformed,
       " returned 200 with an HTML page instead of profefe's JSON; "
       "is this a profefe server?",
       1},
      {"200 without a body", always(200, ""), ErrorKind::malformed,
       " returned 200 with an empty body", 1},
      {"another JSON", always(200, R"({"status":"success"})"),
       ErrorKind::malformed, R"( returned 200 with "{"status":"success"}")", 1},
      {"a redirect",
       [](Connection& connection, const Received&) {
         connection.reply(308, "", {{"Location", "https://other.test/x?y=z"}});
       },
       ErrorKind::http_status,
       " returned 308; it redirects to https://other.test/x: use that URL", 1},
      {"a redirect within the server",
       [](Connection& connection, const Received&) {
         connection.reply(302, "", {{"Location", "/login"}});
       },
       ErrorKind::http_status, "/login: use that URL", 1},
      {"a port of TLS",
       always(400, "Client sent an HTTP request to an HTTPS server.\n"),
       ErrorKind::http_status, "use https:// in the URL", 1},
      {"reset",
       [](Connection& connection, const Received&) {
         connection.close_with_reset();
       },
       ErrorKind::network, "reset", 1},
      {"cut off",
       [](Connection& connection, const Received&) {
         connection.send("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{");
         connection.close();
       },
       ErrorKind::malformed, "before the body was complete", 1},
  };
  for (const Refusal& row : rows) {
    CAPTURE(row.name);
    HttpServer server(row.handler);
    World world(server.url());

    const auto stored = world.push();

    REQUIRE_FALSE(stored);
    CAPTURE(stored.error().message);
    CHECK(stored.error().kind == row.kind);
    CHECK(stored.error().message.starts_with(server.url() + "/api/0/profiles"));
    CHECK(says(stored.error(), row.words));
    CHECK(server.requests().size() == row.tries);
  }
}

TEST_CASE("a server that is down is named, with what to look at") {
  const std::string hostport =
      "127.0.0.1:" + std::to_string(test::closed_port());
  World world(hostport);

  const auto stored = world.push();

  REQUIRE_FALSE(stored);
  CHECK(stored.error().kind == ErrorKind::unreachable);
  CHECK(stored.error().message ==
        "http://" + hostport +
            "/api/0/profiles: connection refused; is profefe running there?");
}

TEST_CASE("a server that does not answer in time is a timeout") {
  HttpServer server([](Connection& connection, const Received&) {
    connection.wait_for_peer_to_close(10s);
    connection.close();
  });
  Options options = impatient();
  options.timeout = 400ms;
  World world(server.url(), options);

  const auto stored = world.push();

  REQUIRE_FALSE(stored);
  CHECK(stored.error().kind == ErrorKind::timeout);
  CHECK(says(stored.error(), "/api/0/profiles: "));
  CHECK(server.requests().size() == 1);
}

TEST_CASE("a push outlives a failure that passes") {
  std::atomic<int> count = 0;
  HttpServer server([&](Connection& connection, const Received&) {
    connection.reply(++count == 1 ? 500 : 200, k_stored);
  });
  World world(server.url());

  const auto stored = world.push();

  REQUIRE(stored);
  REQUIRE(*stored);
  CHECK(count == 2);
  CHECK(server.requests()[1].body == "bytes");
}

TEST_CASE("Retry-After goes before our own patience") {
  std::atomic<int> count = 0;
  HttpServer server([&](Connection& connection, const Received&) {
    const bool first = ++count == 1;
    connection.reply(first ? 429 : 200, k_stored, {{"Retry-After", "0"}});
  });
  Options options = impatient();
  options.retry.first_delay = options.retry.max_delay = 1h;
  options.patience = 1h;
  World world(server.url(), options);

  CHECK(world.push());
  CHECK(count == 2);
}

TEST_CASE("a server that comes back within the patience loses nothing") {
  std::atomic<int> count = 0;
  HttpServer server([&](Connection& connection, const Received&) {
    connection.reply(++count < 10 ? 503 : 200, k_stored);
  });
  Options options = impatient();
  options.patience = 1h;
  World world(server.url(), options);

  CHECK(world.push());
  CHECK(count == 10);
}

TEST_CASE("one patience is for all pushes, and then only some ask again") {
  HttpServer server(always(503, ""));
  Options options = impatient();
  options.patience = 50ms;
  World world(server.url(), options);
  const auto tries_of_a_push = [&] {
    const std::size_t before = server.requests().size();
    CHECK_FALSE(world.push());
    return server.requests().size() - before;
  };

  CHECK(tries_of_a_push() >= 1);  // as many as there is time for
  CHECK(tries_of_a_push() == 1);  // it may have come back
  CHECK(tries_of_a_push() == 0);
}

TEST_CASE("what the server cannot do with one profile is no outage") {
  std::atomic<int> status = 400;
  HttpServer server([&](Connection& connection, const Received&) {
    connection.reply(status, "");
  });
  Options options = impatient();
  options.patience = 1h;
  World world(server.url(), options);

  CHECK_FALSE(world.push());
  CHECK(server.requests().size() == 1);
  status = 500;
  CHECK_FALSE(world.push());
  CHECK(server.requests().size() == 1 + 3);
}

TEST_CASE("a profile that no connection survives is given up, others are not") {
  HttpServer server([&](Connection& connection, const Received& request) {
    if (request.body == "poison") {
      connection.close();
    } else {
      connection.reply(200, k_stored);
    }
  });
  Options options = impatient();
  options.patience = 1h;
  World world(server.url(), options);
  Result<std::optional<StoredProfile>> poison;
  std::vector<bool> stored;
  const auto job = [&](std::size_t index) -> async::Task<void> {
    PushRequest profile{.service = "s", .type = "cpu", .body = "bytes"};
    if (index == 0) {
      profile.body = "poison";
      poison = co_await world.client.push(std::move(profile));
    } else {
      const auto outcome = co_await world.client.push(std::move(profile));
      stored.push_back(outcome.has_value());
    }
  };
  const auto all = [&]() -> async::Task<bool> {
    co_await async::for_each_bounded(6, 6, job);
    co_return true;
  };

  world.loop.run(all());

  CHECK_FALSE(poison);
  CHECK(stored == std::vector<bool>(5, true));
  const auto requests = server.requests();
  CHECK(std::ranges::count(requests, "poison", &Received::body) == 3);
}

TEST_CASE("an answer to a push that does not end is cut off") {
  HttpServer server(always(200, std::string(1 << 20, 'x')));
  World world(server.url());

  const auto stored = world.push();

  REQUIRE_FALSE(stored);
  CHECK(says(stored.error(), "the body is larger than 16384 bytes"));
  CHECK(server.requests().size() == 1);
}

TEST_CASE("a stop request ends a push") {
  std::stop_source source;
  HttpServer server([&](Connection& connection, const Received&) {
    source.request_stop();
    connection.wait_for_peer_to_close(10s);
    connection.close();
  });
  Options options = impatient();
  options.stop = source.get_token();
  World world(server.url(), options);

  const auto stored = world.push();

  REQUIRE_FALSE(stored);
  CHECK(stored.error().kind == ErrorKind::cancelled);
  CHECK(server.requests().size() == 1);
}

TEST_CASE("find_profiles asks by service, type, labels and time") {
  HttpServer server(always(
      200, R"({"code":200,"body":[{"id":"a","type":"other","service":"s"}]})"));
  World world(server.url());

  const auto found = world.loop.run(world.client.find_profiles(
      {.service = "s",
       .type = "allocs",
       .labels = {{"namespace", "x/y"}},
       .from = parse_rfc3339("2026-11-01T00:00:00Z").value(),
       .to = parse_rfc3339("2026-11-02T00:00:00Z").value(),
       .limit = 7}));

  REQUIRE(found);
  REQUIRE(found->size() == 1);
  CHECK(found->at(0).url == server.url() + "/api/0/profiles/a");
  CHECK(server.requests().at(0).method == "GET");
  CHECK(server.requests().at(0).target ==
        "/api/0/profiles?service=s&type=other&from=2026-11-01T00%3A00%3A00"
        "&to=2026-11-02T00%3A00%3A00"
        "&labels=namespace%3Dx%252Fy%2Cprofile_type%3Dallocs&limit=7");
}

TEST_CASE("no hit is an empty list, whatever way it is said") {
  for (const HttpServer::Handler& handler :
       {always(404, R"({"code":404,"error":"nothing found"})"),
        always(200, R"({"code":200,"body":null})"),
        HttpServer::Handler([](Connection& connection, const Received&) {
          connection.send("HTTP/1.1 204 No Content\r\n\r\n");
        })}) {
    HttpServer server(handler);
    World world(server.url());

    const auto found =
        world.loop.run(world.client.find_profiles({.service = "s"}));
    const auto services = world.loop.run(world.client.services());

    REQUIRE(found);
    CHECK(found->empty());
    REQUIRE(services);
    CHECK(services->empty());
  }
}

TEST_CASE("a wrong address is not an empty list") {
  HttpServer server(always(404, "404 page not found"));
  World world(server.url());

  const auto services = world.loop.run(world.client.services());

  REQUIRE_FALSE(services);
  CHECK(services.error().kind == ErrorKind::http_status);
  CHECK(services.error().message ==
        server.url() +
            "/api/0/services returned 404: 404 page not found; "
            "is this a profefe server?");
}

TEST_CASE("services and version read the server's answers") {
  HttpServer server([](Connection& connection, const Received& request) {
    // As profefe does: JSON that calls itself text.
    connection.reply(200,
                     request.target == "/api/0/version"
                         ? R"({"code":200,"body":{"version":"v9"}})"
                         : R"({"code":200,"body":["a","b"]})",
                     {{"Content-Type", "text/plain; charset=utf-8"}});
  });
  World world(server.url());

  const auto services = world.loop.run(world.client.services());
  const auto version = world.loop.run(world.client.version());

  REQUIRE(services);
  CHECK(*services == std::vector<std::string>{"a", "b"});
  REQUIRE(version);
  CHECK(version->version == "v9");
}

TEST_CASE("fetch gives back the bytes of an id") {
  const std::string bytes("\x1f\x8b\0\0x", 5);
  HttpServer server([&](Connection& connection, const Received& request) {
    if (request.target == "/api/0/profiles/P0.s%252F1%252Fd%252Ck%253Dv") {
      connection.reply(200, bytes);
    } else {
      connection.reply(404, R"({"code":404,"error":"nothing found"})");
    }
  });
  World world(server.url());

  const auto fetched = world.loop.run(world.client.fetch("P0.s/1/d,k=v"));
  const auto missing = world.loop.run(world.client.fetch("nope"));

  REQUIRE(fetched);
  CHECK(*fetched == bytes);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().kind == ErrorKind::not_found);
  CHECK(missing.error().message ==
        "profefe at " + server.url() + " has no profile \"nope\"");
}

TEST_CASE("fetch takes no web page and no silence for a profile") {
  for (const char* body : {"", "<html>login</html>"}) {
    CAPTURE(body);
    HttpServer server(always(200, body));
    World world(server.url());

    const auto fetched = world.loop.run(world.client.fetch("x"));

    REQUIRE_FALSE(fetched);
    CHECK(fetched.error().kind == ErrorKind::malformed);
    CHECK(says(fetched.error(),
               "instead of a profile; is this a profefe server?"));
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::profefe
