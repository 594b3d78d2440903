// SPDX-License-Identifier: MIT
#include "async/for_each_bounded.hpp"
#include "async/loop.hpp"
#include "async/sleep.hpp"
#include "base/fd.hpp"
#include "http/client.hpp"
#include "http/retry.hpp"
#include "http/websocket.hpp"
#include "support/http_server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <doctest/doctest.h>

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <stop_token>
#include <string>
#include <thread>

namespace kprofefe::http {
namespace {

using namespace std::chrono_literals;
using test::Connection;
using test::HttpServer;
using test::Received;

struct World {
  async::Loop loop;
  Env env = Env::of_process();
  Client client{loop, "kprofefe-test/1", env};

  Result<Response> send(Request request) {
    return loop.run(client.send(std::move(request)));
  }
};

TEST_SUITE_BEGIN("http::Client");

TEST_CASE("a body arrives unchanged, with status and headers") {
  std::string bytes(300'000, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<char>(i * 7);
  }
  HttpServer server([&](Connection& connection, const Received&) {
    connection.reply(203, bytes, {{"X-Go-Pprof", "1"}});
  });
  World world;

  const Result<Response> response =
      world.send({.url = server.url() + "/x?y=1"});

  REQUIRE(response);
  CHECK(response->status == 203);
  CHECK(response->body.bytes == bytes);
  CHECK(response->proven_complete);
  CHECK(find_header(response->headers, "x-go-pprof") == "1");
  REQUIRE(server.requests().size() == 1);
  CHECK(server.requests()[0].target == "/x?y=1");
  CHECK(server.requests()[0].header("User-Agent") == "kprofefe-test/1");
}

TEST_CASE("a log of that level hears of every request, without secrets") {
  HttpServer server([](Connection& connection, const Received&) {
    connection.reply(200, "ok");
  });
  async::Loop loop;
  const Env env;
  std::vector<std::string> lines;
  Client client(
      loop, "kprofefe-test/1", env,
      {.level = DebugLog::k_requests,
       .print = [&](std::string_view line) { lines.emplace_back(line); }});

  REQUIRE(loop.run(client.send({.url = server.url() + "/x?token=s3cret"})));
  REQUIRE(!loop.run(client.send({.url = "http://127.0.0.1:1/"})));

  REQUIRE(lines.size() == 2);
  CHECK(lines[0].starts_with("GET " + server.url() +
                             "/x?token=***: 200, 2 B in "));
  CHECK(lines[1].starts_with(
      "GET http://127.0.0.1:1/: connection refused (after "));
}

TEST_CASE("a path goes as it is written, dots and all") {
  HttpServer server([](Connection& connection, const Received&) {
    connection.reply(200, "x");
  });
  World world;

  REQUIRE(world.send({.url = server.url() + "/a/../b/./%2e%2e/c"}));

  CHECK(server.requests()[0].target == "/a/../b/./%2e%2e/c");
}

/// As few open files as there are now, until the end of the scope.
class NoMoreFiles {
 public:
  NoMoreFiles() {
    getrlimit(RLIMIT_NOFILE, &usual_);
    const Fd next(::dup(STDERR_FILENO));
    rlimit low = usual_;
    low.rlim_cur = static_cast<rlim_t>(next.get());
    setrlimit(RLIMIT_NOFILE, &low);
  }

  NoMoreFiles(const NoMoreFiles&) = delete;
  NoMoreFiles& operator=(const NoMoreFiles&) = delete;

  ~NoMoreFiles() { setrlimit(RLIMIT_NOFILE, &usual_); }

 private:
  rlimit usual_{};
};

TEST_CASE("where no file can be opened, that is what the error names") {
  World world;
  const std::string url =
      "http://127.0.0.1:" + std::to_string(test::closed_port()) + "/";
  CHECK(world.send({.url = url}).error().kind == ErrorKind::unreachable);

  // The checks come after the scope: UBSan itself needs a file for some of its
  // own.
  const Result<Response> response = [&] {
    const NoMoreFiles low;
    return world.send({.url = url});
  }();

  REQUIRE(!response);
  CAPTURE(response.error().message);
  CHECK(response.error().message.find("too many open files") !=
        std::string::npos);
}

TEST_CASE("a connection that does not stand in time says what time it had") {
  // Waits for the end of a request, and a client of TLS for its greeting.
  HttpServer server([](Connection&, const Received&) {});
  World world;
  const std::string url =
      "https://127.0.0.1:" + std::to_string(server.port()) + "/";

  const Result<Response> response =
      world.send({.url = url, .limits = {.connect_timeout = 200ms}});
  REQUIRE(!response);
  CHECK(response.error().kind == ErrorKind::unreachable);
  CHECK(response.error().message == "no connection within 200ms");

  const Result<WebSocket::Opened> socket = world.loop.run(WebSocket::open(
      &world.client, {.url = url, .limits = {.connect_timeout = 200ms}}, "p"));
  REQUIRE(!socket);
  CHECK(socket.error().kind == ErrorKind::unreachable);
  CHECK(socket.error().message == "no connection within 200ms");
}

TEST_CASE("headers without a value are sent, and Host as it is given") {
  HttpServer server([](Connection& connection, const Received&) {
    connection.reply(200, "");
  });
  World world;

  REQUIRE(world.send({.url = server.url() + "/",
                      .headers = {{"Impersonate-Group", "a"},
                                  {"Impersonate-Group", ""},
                                  {"Host", "other.example"}}}));

  const Received request = server.requests().at(0);
  const auto groups = std::ranges::count_if(
      request.headers,
      [](const auto& header) { return header.first == "Impersonate-Group"; });
  CHECK(groups == 2);
  CHECK(std::ranges::count_if(request.headers, [](const auto& header) {
          return header.first == "Host";
        }) == 1);
  CHECK(request.header("Host") == "other.example");
}

TEST_CASE("a post carries its body") {
  HttpServer server([](Connection& connection, const Received& request) {
    connection.reply(200, request.body);
  });
  World world;
  const std::string body(100'000, 'b');

  const Result<Response> response =
      world.send({.method = "POST", .url = server.url() + "/", .body = body});

  REQUIRE(response);
  CHECK(response->body.bytes == body);
  CHECK(server.requests()[0].method == "POST");
}

TEST_CASE("one connection serves requests to one host until the last") {
  HttpServer server([](Connection& connection, const Received&) {
    connection.reply(200, "x");
  });
  World world;

  for (int i = 0; i < 3; ++i) {
    REQUIRE(world.send({.url = server.url() + "/"}));
  }
  CHECK(server.connections() == 1);
  REQUIRE(world.send(
      {.url = server.url() + "/", .limits = {.last_on_connection = true}}));
  REQUIRE(world.send({.url = server.url() + "/"}));
  CHECK(server.connections() == 2);
}

TEST_CASE("redirects are data, never followed") {
  HttpServer server([](Connection& connection, const Received&) {
    connection.reply(302, "", {{"Location", "http://127.0.0.1:1/"}});
  });
  World world;

  const Result<Response> response = world.send({.url = server.url() + "/"});

  REQUIRE(response);
  CHECK(response->status == 302);
  CHECK(server.requests().size() == 1);
}

struct Fault {
  const char* name;
  void (*misbehave)(Connection&, const Received&);
  ErrorKind kind;
  const char* words;
};

TEST_CASE("a peer that misbehaves is an error that says how") {
  const Fault faults[] = {
      {"body shorter than its length",
       [](Connection& c, const Received&) {
         c.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort");
         c.close();
       },
       ErrorKind::malformed, "before the body was complete"},
      {"chunks without an end",
       [](Connection& c, const Received&) {
         c.send(
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort");
         c.close();
       },
       ErrorKind::malformed, "before the body was complete"},
      {"reset instead of an answer",
       [](Connection& c, const Received&) { c.close_with_reset(); },
       ErrorKind::network, "reset"},
      {"closed without a response",
       [](Connection& c, const Received&) { c.close(); }, ErrorKind::network,
       "closed without a response"},
      {"silence",
       [](Connection& c, const Received&) { c.wait_for_peer_to_close(10s); },
       ErrorKind::timeout, "timed out after 300ms without a complete response"},
      {"a body that trickles for ever",
       [](Connection& c, const Received&) {
         c.send("HTTP/1.1 200 OK\r\n\r\n");
         while (c.send("x") && !c.wait_for_peer_to_close(20ms)) {
         }
       },
       ErrorKind::timeout, "timed out after 300ms without a complete response"},
      {"an endless body",
       [](Connection& c, const Received&) {
         c.send("HTTP/1.1 200 OK\r\n\r\n");
         const std::string block(65536, 'x');
         while (c.send(block)) {
         }
       },
       ErrorKind::malformed, "larger than 1000000 bytes"},
  };
  for (const Fault& fault : faults) {
    CAPTURE(fault.name);
    HttpServer server(fault.misbehave);
    World world;

    // Short only for what never ends: a machine may be slow.
    const bool never_ends = fault.kind == ErrorKind::timeout;

    const Result<Response> response =
        world.send({.url = server.url() + "/",
                    .limits = {.timeout = never_ends ? 300ms : 10s,
                               .max_body_bytes = 1'000'000}});

    REQUIRE_FALSE(response);
    CHECK(response.error().kind == fault.kind);
    CAPTURE(response.error().message);
    CHECK(response.error().message.find(fault.words) != std::string::npos);
  }
}

TEST_CASE("a refused connection says so") {
  World world;

  const Result<Response> response = world.send(
      {.url = "http://127.0.0.1:" + std::to_string(test::closed_port())});

  REQUIRE_FALSE(response);
  CHECK(response.error().kind == ErrorKind::unreachable);
  CHECK(response.error().message == "connection refused");
}

TEST_CASE("a body that ends with the connection is not proven complete") {
  HttpServer server([](Connection& connection, const Received&) {
    connection.send("HTTP/1.0 200 OK\r\n\r\nall of it?");
    connection.close();
  });
  World world;

  const Result<Response> response = world.send({.url = server.url() + "/"});

  REQUIRE(response);
  CHECK(response->body.bytes == "all of it?");
  CHECK_FALSE(response->proven_complete);
}

async::Task<bool> request_stop_after(std::stop_source source) {
  const bool waited = co_await async::sleep_for(50ms, std::stop_token());
  source.request_stop();
  co_return waited;
}

TEST_CASE("a stop request ends the transfer and closes its connection") {
  std::atomic<bool> peer_closed = false;
  std::atomic<bool> ended = false;
  HttpServer server([&](Connection& connection, const Received&) {
    peer_closed = connection.wait_for_peer_to_close(60s);
    connection.close();
    ended = true;
  });
  World world;
  std::stop_source source;
  Result<Response> response = fail(ErrorKind::io, "not run");
  const auto job = [&](std::size_t which) -> async::Task<void> {
    if (which == 0) {
      Request request{.url = server.url() + "/",
                      .limits = {.stop = source.get_token()}};
      response = co_await world.client.send(std::move(request));
    } else {
      const bool waited = co_await request_stop_after(source);
      CHECK(waited);
    }
  };
  const auto both = [&]() -> async::Task<bool> {
    co_await async::for_each_bounded(2, 2, job);
    co_return true;
  };

  world.loop.run(both());

  // Without a stop it would have been the server that closes.
  REQUIRE_FALSE(response);
  CHECK(response.error().kind == ErrorKind::cancelled);
  while (!ended) {
    std::this_thread::sleep_for(1ms);
  }
  CHECK(peer_closed);
}

/// All of a budget for whose turn it is.
constexpr async::BudgetShares k_one_at_a_time{
    .own = 0, .common = 0, .common_each = 0, .turn = 1'000'000};

TEST_CASE("transfers wait for the byte budget without missing deadlines") {
  const std::string bytes(200'000, 'b');
  HttpServer server([&](Connection& connection, const Received&) {
    connection.reply(200, bytes);
  });
  World world;
  async::ByteBudget budget(
      {.own = 0, .common = 100'000, .common_each = 100'000, .turn = 200'000});
  std::size_t most = 0;
  int complete = 0;
  const auto job = [&](std::size_t) -> async::Task<void> {
    Request request{.url = server.url() + "/",
                    .limits = {.timeout = 1500ms, .budget = &budget}};
    const Result<Response> response =
        co_await world.client.send(std::move(request));
    most = std::max(most, budget.used());
    // Held for longer than the deadline of those that wait.
    const bool waited = co_await async::sleep_for(300ms, std::stop_token());
    complete += waited && response && response->body.bytes == bytes ? 1 : 0;
  };
  const auto all = [&]() -> async::Task<bool> {
    co_await async::for_each_bounded(10, 10, job);
    co_return true;
  };

  world.loop.run(all());

  CHECK(complete == 10);
  CHECK(most <= 300'000);
  CHECK(budget.used() == 0);
}

TEST_CASE("who waits for the budget does not wait for ever") {
  HttpServer server([&](Connection& connection, const Received&) {
    connection.reply(200, "bytes");
  });
  async::ByteBudget budget(k_one_at_a_time);
  async::ByteBudget::Lease held = budget.open({});
  REQUIRE(held.grow(1));
  World world;

  const auto response =
      world.send({.url = server.url() + "/",
                  .limits = {.budget = &budget, .max_wait_for_budget = 50ms}});

  REQUIRE_FALSE(response);
  CHECK(response.error().kind == ErrorKind::timeout);
  CHECK(response.error().message ==
        "waited 50ms for memory used by other profiles; raise --memory");
}

TEST_CASE("who has what others wait for, and sends nothing, is ended") {
  const std::string bytes(50'000, 'b');
  HttpServer server([&](Connection& connection, const Received& request) {
    if (request.target == "/stalls") {
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n" +
                      bytes);
      connection.wait_for_peer_to_close(60s);
      connection.close();
    } else {
      connection.reply(200, bytes);
    }
  });
  async::ByteBudget budget(k_one_at_a_time);
  World world;
  Result<Response> stalling;
  Result<Response> honest;
  const auto job = [&](std::size_t which) -> async::Task<void> {
    Request request{.url = server.url() + (which == 0 ? "/stalls" : "/"),
                    .limits = {.timeout = 60s, .budget = &budget}};
    if (which == 0) {
      stalling = co_await world.client.send(std::move(request));
      co_return;
    }
    while (budget.used() < bytes.size()) {
      co_await async::sleep_for(1ms, std::stop_token());
    }
    honest = co_await world.client.send(std::move(request));
  };
  const auto both = [&]() -> async::Task<bool> {
    co_await async::for_each_bounded(2, 2, job);
    co_return true;
  };

  world.loop.run(both());

  REQUIRE_FALSE(stalling);
  CHECK(stalling.error().message.contains("bytes per second"));
  REQUIRE(honest);
  CHECK(honest->body.bytes == bytes);
}

TEST_CASE("transfers that wait for the budget leave the processor alone") {
  const std::string bytes(200'000, 'b');
  HttpServer server([&](Connection& connection, const Received&) {
    connection.reply(200, bytes);
  });
  async::ByteBudget budget(k_one_at_a_time);
  async::ByteBudget::Lease held = budget.open({});
  REQUIRE(held.grow(1));
  World world;
  for (int i = 0; i < 3; ++i) {
    boost::asio::co_spawn(world.loop.context(),
                          world.client.send({.url = server.url() + "/",
                                             .limits = {.budget = &budget}}),
                          boost::asio::detached);
  }
  while (server.requests().size() < 3) {
    world.loop.context().run_for(10ms);
  }
  world.loop.context().run_for(200ms);

  // A share that ends without making room is no reason to look again.
  {
    const async::ByteBudget::Lease passing = budget.open({});
  }
  const std::size_t steps = world.loop.context().run_for(200ms);

  CHECK(steps < 100);
}

TEST_CASE("a transfer that is woken in vain reads no more of the answer") {
  std::atomic<std::size_t> sent = 0;
  HttpServer server([&](Connection& connection, const Received&) {
    const std::string bytes(64 << 10, 'b');
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 268435456\r\n\r\n");
    while (connection.send(bytes)) {
      sent += bytes.size();
    }
  });
  constexpr std::size_t k_common = 20'000;
  async::ByteBudget budget({.own = 0,
                            .common = k_common,
                            .common_each = k_common,
                            .turn = 2 * k_common});
  async::ByteBudget::Lease whose_turn_it_is = budget.open({});
  REQUIRE(whose_turn_it_is.grow(2 * k_common));
  async::ByteBudget::Lease greedy = budget.open({});
  REQUIRE(greedy.grow(k_common));
  World world;
  boost::asio::co_spawn(world.loop.context(),
                        world.client.send({.url = server.url() + "/",
                                           .limits = {.budget = &budget}}),
                        boost::asio::detached);
  while (!budget.is_contended()) {
    world.loop.context().run_for(1ms);
  }

  // 16 KiB each would come to 48 MiB.
  for (int i = 0; i < 3000; ++i) {
    greedy = async::ByteBudget::Lease();
    greedy = budget.open({});
    REQUIRE(greedy.grow(k_common));
    do {
      world.loop.context().run_one_for(1ms);
    } while (!budget.is_contended());
    world.loop.context().poll();
  }

  // What the kernel keeps for both ends is some MiB.
  CHECK(sent.load() < 24U << 20);
}

TEST_CASE("a connection may go from one transfer to the next in one step") {
  // libcurl reads 16 KiB at a time: one read before the pause, one after.
  const std::string bytes(20'000, 'b');
  std::atomic<bool> has_answered = false;
  HttpServer server([&](Connection& connection, const Received&) {
    connection.reply(200, bytes);
    has_answered = true;
  });
  async::ByteBudget budget(k_one_at_a_time);
  async::ByteBudget::Lease held = budget.open({});
  REQUIRE(held.grow(1));
  World world;
  int complete = 0;
  const auto job = [&](std::size_t which) -> async::Task<void> {
    if (which == 1) {
      while (!has_answered) {
        co_await async::sleep_for(1ms, std::stop_token());
      }
      co_await async::sleep_for(50ms, std::stop_token());
      // The first goes on and the second starts before the loop looks at the
      // sockets again. libcurl takes what is due by milliseconds, so with one
      // between them the first ends, and the second finds its connection,
      // within one call.
      held = async::ByteBudget::Lease();
      co_await boost::asio::post(boost::asio::use_awaitable);
      std::this_thread::sleep_for(2ms);
    }
    Request request{.url = server.url() + "/", .limits = {.budget = &budget}};
    const Result<Response> response =
        co_await world.client.send(std::move(request));
    complete += response && response->body.bytes == bytes ? 1 : 0;
  };
  const auto both = [&]() -> async::Task<bool> {
    co_await async::for_each_bounded(2, 2, job);
    co_return true;
  };

  world.loop.run(both());

  CHECK(complete == 2);
  CHECK(server.connections() == 1);
}

TEST_CASE("five hundred requests at once all end") {
  HttpServer server([](Connection& connection, const Received& request) {
    connection.reply(200, request.target);
  });
  World world;
  int right = 0;
  const auto job = [&](std::size_t i) -> async::Task<void> {
    const std::string target = "/" + std::to_string(i);
    Request request{.url = server.url() + target};
    const Result<Response> response =
        co_await world.client.send(std::move(request));
    right += response && response->body.bytes == target ? 1 : 0;
  };
  const auto all = [&]() -> async::Task<bool> {
    co_await async::for_each_bounded(500, 500, job);
    co_return true;
  };

  world.loop.run(all());

  CHECK(right == 500);
}

TEST_CASE("send_with_retry tries again what can pass, and only that") {
  std::atomic<int> count = 0;
  HttpServer server([&](Connection& connection, const Received& request) {
    const bool good = ++count == 3;
    if (request.target == "/passes") {
      connection.reply(good ? 200 : 503, "");
    } else {
      connection.reply(404, "");
    }
  });
  World world;
  const RetryPolicy policy{.attempts = 4, .first_delay = 1ms};

  const auto passes = world.loop.run(send_with_retry(
      &world.client, {.url = server.url() + "/passes"}, policy));
  REQUIRE(passes);
  CHECK(passes->status == 200);
  CHECK(count == 3);

  const auto stays = world.loop.run(
      send_with_retry(&world.client, {.url = server.url() + "/never"}, policy));
  REQUIRE(stays);
  CHECK(stays->status == 404);
  CHECK(count == 4);
}

TEST_CASE("a stop request while send_with_retry waits is an interruption") {
  std::stop_source stop;
  HttpServer server([&](Connection& connection, const Received&) {
    connection.reply(503, "later");
    connection.wait_for_peer_to_close(200ms);  // the client waits meanwhile
    stop.request_stop();
  });
  World world;
  const Request request{.url = server.url() + "/",
                        .limits = {.stop = stop.get_token()}};

  const auto outcome =
      world.loop.run(send_with_retry(&world.client, request, {}));

  REQUIRE(!outcome);
  CHECK(outcome.error().kind == ErrorKind::cancelled);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::http
