// SPDX-License-Identifier: MIT
#include "async/sleep.hpp"
#include "server/serve.hpp"
#include "support/raw_client.hpp"
#include "support/served.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace kprofefe::server {
namespace {

using namespace std::chrono_literals;
using test::RawClient;
using test::RawResponse;
using test::Served;
using Clock = std::chrono::steady_clock;

constexpr std::string_view k_get = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";

/// Answers with what it was asked: method, path, parameters and body.
async::Task<Response> echo(Request request) {
  std::string text = fmt::format("{} {}", request.method, request.path);
  for (const auto& [name, value] : request.query) {
    text += fmt::format(" {}={}", name, value);
  }
  Response response{.content_type = "text/plain",
                    .body = fmt::format("{} [{}]", text, request.body)};
  co_return response;
}

async::Task<Response> fail_at(Request request) {
  if (request.path == "/throw") {
    throw std::runtime_error("a secret of the handler");
  }
  if (request.path == "/odd") {
    throw 5;  // NOLINT(misc-throw-by-value-catch-by-reference)
  }
  co_return text_response(200, "well");
}

/// Works for as long as the path says, in ms, or until it must give up.
async::Task<Response> work(Request request) {
  const std::chrono::milliseconds time{std::stoi(request.path.substr(1))};
  const bool is_done = co_await async::sleep_for(time, request.stop);
  co_return text_response(200, is_done ? "done" : "given up");
}

async::Task<Response> large(Request /*request*/) {
  co_return Response{.body = std::string(std::size_t{8} << 20, 'x')};
}

std::string post(std::string_view headers, std::string_view body) {
  return fmt::format("POST /a HTTP/1.1\r\nHost: h\r\n{}\r\n{}", headers, body);
}

std::chrono::milliseconds since(Clock::time_point begin) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() -
                                                               begin);
}

std::size_t open_files() {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& file :
       std::filesystem::directory_iterator("/proc/self/fd")) {
    ++count;
  }
  return count;
}

TEST_SUITE_BEGIN("server::serve");

TEST_CASE("a request is answered, with what protects a browser") {
  Served served(echo, {.content_security_policy = "default-src 'self'"});
  RawClient client(served.port());

  const RawResponse response =
      client.ask("GET /a%20b?f=main%2Ego&g=1 HTTP/1.1\r\nHost: h\r\n\r\n");

  CHECK(response.status == 200);
  CHECK(response.body == "GET /a b f=main.go g=1 []");
  CHECK(response.header("Content-Type") == "text/plain");
  CHECK(response.header("Content-Security-Policy") == "default-src 'self'");
  CHECK(response.header("X-Content-Type-Options") == "nosniff");
  CHECK(response.header("Connection").empty());
}

TEST_CASE("a thousand requests go over one connection") {
  Served served(echo);
  RawClient client(served.port());
  for (int i = 0; i < 1000; ++i) {
    const RawResponse response =
        client.ask(fmt::format("GET /{} HTTP/1.1\r\nHost: h\r\n\r\n", i));
    REQUIRE(response.status == 200);
    REQUIRE(response.body == fmt::format("GET /{} []", i));
  }
}

TEST_CASE("pipelined requests are answered in their order") {
  Served served(echo);
  RawClient client(served.port());
  std::string requests;
  for (int i = 0; i < 500; ++i) {
    requests += fmt::format(
        "POST /{} HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\n{:04}", i, i);
  }
  requests += "GET /last HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
  std::thread sender([&] { client.send(requests); });
  for (int i = 0; i < 500; ++i) {
    REQUIRE(client.read().body == fmt::format("POST /{} [{:04}]", i, i));
  }
  const RawResponse last = client.read();
  sender.join();
  CHECK(last.body == "GET /last []");
  CHECK(last.header("Connection") == "close");
  CHECK(client.read_to_end().empty());
}

TEST_CASE("a head has the length of a body, and none") {
  Served served(echo);
  RawClient client(served.port());
  client.send("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n");
  const RawResponse head = client.read(false);
  CHECK(head.status == 200);
  CHECK(head.header("Content-Length") == "9");
  CHECK(client.ask(k_get).body == "GET /a []");
}

TEST_CASE("HTTP/1.0 closes, unless asked not to") {
  Served served(echo);
  RawClient once(served.port());
  const RawResponse closed = once.ask("GET /a HTTP/1.0\r\n\r\n");
  CHECK(closed.body == "GET /a []");
  CHECK(closed.header("Connection") == "close");
  CHECK(once.read_to_end().empty());

  RawClient again(served.port());
  for (int i = 0; i < 2; ++i) {
    const RawResponse kept =
        again.ask("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    CHECK(kept.body == "GET /a []");
    CHECK(kept.header("Connection") == "keep-alive");
  }
}

TEST_CASE("bodies arrive whole, by length and in chunks") {
  Served served(echo);
  RawClient client(served.port());
  const std::string body(300'000, 'y');
  CHECK(
      client.ask(post(fmt::format("Content-Length: {}\r\n", body.size()), body))
          .body == fmt::format("POST /a [{}]", body));
  std::string chunks;
  for (std::size_t i = 0; i < body.size(); i += 1000) {
    chunks += fmt::format("3e8;x=y\r\n{}\r\n", body.substr(i, 1000));
  }
  chunks += "0\r\nX-Trailer: 1\r\n\r\n";
  CHECK(client.ask(post("Transfer-Encoding: chunked\r\n", chunks)).body ==
        fmt::format("POST /a [{}]", body));
}

TEST_CASE("who waits for 100 Continue is told to go on, or not to") {
  Served served(echo);
  RawClient client(served.port());
  client.send(post("Content-Length: 5\r\nExpect: 100-continue\r\n", ""));
  CHECK(client.read(false).status == 100);
  CHECK(client.ask("hello").body == "POST /a [hello]");

  client.send(post("Content-Length: 2000000\r\nExpect: 100-continue\r\n", ""));
  CHECK(client.read().status == 413);
  CHECK(client.read_to_end().empty());
}

TEST_CASE("too large a body is refused before it has been sent") {
  Served served(echo);
  RawClient client(served.port());
  const std::string body(std::size_t{4} << 20, 'z');
  const RawResponse response = client.ask(
      post(fmt::format("Content-Length: {}\r\n", body.size()), body));
  CHECK(response.status == 413);
  CHECK(response.header("Connection") == "close");
  CHECK(response.header("X-Content-Type-Options") == "nosniff");

  RawClient chunked(served.port());
  CHECK(chunked.ask(post("Transfer-Encoding: chunked\r\n", "200000\r\n"))
            .status == 413);
}

TEST_CASE("too large a header is refused, in one piece and line by line") {
  Served served(echo);
  RawClient client(served.port());
  CHECK(client.ask("GET /" + std::string(20'000, 'a')).status == 431);

  RawClient slow(served.port());
  slow.send("GET /a HTTP/1.1\r\nHost: h\r\n");
  const std::string line = fmt::format("X: {}\r\n", std::string(995, 'a'));
  for (int i = 0; i < 20; ++i) {
    std::this_thread::sleep_for(2ms);
    slow.send(line);
  }
  CHECK(slow.read().status == 431);
}

TEST_CASE("a malformed request ends its connection and no other") {
  Served served(echo);
  RawClient other(served.port());
  CHECK(other.ask(k_get).status == 200);

  struct Row {
    std::string request;
    int status;
  };

  for (const Row& row :
       {Row{"\x16\x03\x01\r\n\r\n", 400}, Row{"GET /.. HTTP/1.1\r\n\r\n", 400},
        Row{"GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        Row{"GET / HTTP/3.0\r\n\r\n", 400},
        Row{post("Transfer-Encoding: gzip\r\n", ""), 501}}) {
    CAPTURE(row.request);
    RawClient client(served.port());
    const RawResponse response = client.ask(row.request);
    CHECK(response.status == row.status);
    CHECK(response.header("Connection") == "close");
    CHECK(client.read_to_end().empty());
  }
  CHECK(other.ask(k_get).status == 200);
}

TEST_CASE("what may be smuggled behind a request is never answered") {
  Served served(echo);
  for (const std::string& headers :
       {std::string("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n"),
        std::string("Transfer-Encoding: chunked\r\nContent-Length: 6\r\n"),
        std::string("Content-Length: 6\r\nContent-Length: 5\r\n"),
        std::string("Transfer-Encoding: chunked, identity\r\n"),
        std::string("Transfer-Encoding : chunked\r\n"),
        std::string("Transfer-Encoding: \tchunked\r\n"
                    "Transfer-Encoding: x\r\n")}) {
    CAPTURE(headers);
    RawClient client(served.port());
    const RawResponse response = client.ask(
        post(headers, "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n"));
    CHECK(response.status >= 400);
    CHECK(client.read_to_end().empty());
  }
}

TEST_CASE("a client that stops in a request is refused, others are not") {
  Served served(echo, {.read_timeout = 200ms});
  RawClient header(served.port());
  RawClient body(served.port());
  const auto begin = Clock::now();
  // The byte that comes now and then does not help.
  std::jthread dripping([&](const std::stop_token& stop) {
    header.send("GET /a HTTP/1.1\r\n");
    while (!stop.stop_requested() && header.send("X")) {
      std::this_thread::sleep_for(20ms);
    }
  });
  body.send(post("Content-Length: 5\r\n", "he"));
  RawClient other(served.port());
  CHECK(other.ask(k_get).status == 200);

  CHECK(header.read().status == 408);
  CHECK(body.read().status == 408);
  CHECK(since(begin) < 3s);
}

TEST_CASE("a silent connection is closed after some time") {
  Served served(echo, {.idle_timeout = 200ms});
  RawClient silent(served.port());
  RawClient used(served.port());
  CHECK(used.ask(k_get).status == 200);
  const auto begin = Clock::now();
  CHECK(silent.read_to_end().empty());
  CHECK(used.read_to_end().empty());
  CHECK(since(begin) < 3s);
}

TEST_CASE("a client that takes nothing is cut off, and one that does is not") {
  Served served(large, {.idle_timeout = 300ms});
  const std::size_t files = open_files();
  {
    RawClient deaf(served.port());
    deaf.send(k_get);
    RawClient slow(served.port());
    slow.send(k_get);
    std::this_thread::sleep_for(1s);
    CHECK(deaf.read_to_end().size() < std::size_t{8} << 20);
  }
  RawClient client(served.port());
  CHECK(client.ask(k_get).body.size() == std::size_t{8} << 20);
  CHECK(open_files() <= files + 2);
}

TEST_CASE("a client that sends no more is still answered") {
  Served served(work);
  RawClient client(served.port());
  client.send("GET /50 HTTP/1.1\r\nHost: h\r\n\r\n");
  client.close_sending();
  CHECK(client.read().body == "done\n");
  CHECK(client.read_to_end().empty());

  RawClient half(served.port());
  half.send("GET /50 HT");
  half.close_sending();
  CHECK(half.read().status == 400);
}

TEST_CASE("a client that goes away while the handler works harms nobody") {
  Served served(work);
  for (int i = 0; i < 20; ++i) {
    RawClient client(served.port());
    client.send("GET /30 HTTP/1.1\r\nHost: h\r\n\r\n");
  }
  RawClient client(served.port());
  CHECK(client.ask("GET /60 HTTP/1.1\r\nHost: h\r\n\r\n").status == 200);
}

TEST_CASE("a handler that throws answers 500, and says nothing of why") {
  Served served(fail_at);
  RawClient client(served.port());
  for (const char* path : {"/throw", "/odd"}) {
    const RawResponse response =
        client.ask(fmt::format("GET {} HTTP/1.1\r\nHost: h\r\n\r\n", path));
    CHECK(response.status == 500);
    CHECK(response.body == "internal error\n");
  }
  CHECK(client.ask(k_get).body == "well\n");
}

TEST_CASE("requests are answered beside each other") {
  Served served(work);
  std::vector<std::unique_ptr<RawClient>> clients;
  const auto begin = Clock::now();
  for (int i = 0; i < 50; ++i) {
    clients.push_back(std::make_unique<RawClient>(served.port()));
    clients.back()->send("GET /200 HTTP/1.1\r\nHost: h\r\n\r\n");
  }
  for (const auto& client : clients) {
    CHECK(client->read().body == "done\n");
  }
  CHECK(since(begin) < 5s);
}

TEST_CASE("more clients than there is room for wait for their turn") {
  Served served(work, {.max_connections = 2});
  RawClient one(served.port());
  RawClient two(served.port());
  CHECK(one.ask("GET /1 HTTP/1.1\r\nHost: h\r\n\r\n").status == 200);
  CHECK(two.ask("GET /1 HTTP/1.1\r\nHost: h\r\n\r\n").status == 200);
  RawClient three(served.port());
  three.send("GET /1 HTTP/1.1\r\nHost: h\r\n\r\n");
  const auto begin = Clock::now();
  one.send("GET /150 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  one.read();
  one.read_to_end();
  CHECK(three.read().status == 200);
  CHECK(since(begin) >= 140ms);
}

TEST_CASE("a stop ends what is idle and lets work be finished") {
  Served served(work, {.grace = 5000ms});
  RawClient idle(served.port());
  CHECK(idle.ask("GET /1 HTTP/1.1\r\nHost: h\r\n\r\n").status == 200);
  RawClient silent(served.port());
  RawClient busy(served.port());
  busy.send("GET /300 HTTP/1.1\r\nHost: h\r\n\r\n");
  std::this_thread::sleep_for(100ms);

  served.request_stop();
  CHECK(idle.read_to_end().empty());
  CHECK(silent.read_to_end().empty());
  const RawResponse response = busy.read();
  CHECK(response.body == "done\n");
  CHECK(response.header("Connection") == "close");
  CHECK(busy.read_to_end().empty());
  CHECK(served.stop() < 2s);
  CHECK_THROWS(RawClient(served.port()));
}

TEST_CASE("after the grace a handler is told to give up") {
  Served served(work, {.grace = 200ms});
  RawClient busy(served.port());
  busy.send("GET /60000 HTTP/1.1\r\nHost: h\r\n\r\n");
  RawClient in_header(served.port());
  in_header.send("GET /6");
  std::this_thread::sleep_for(100ms);
  const std::chrono::milliseconds time = served.stop();
  CHECK(time >= 150ms);
  CHECK(time < 3s);
}

TEST_CASE("a loop that ends before its server leaves nothing behind") {
  const std::size_t files = open_files();
  {
    async::Loop loop;
    auto listener = Listener::open(loop, {});
    REQUIRE(listener);
    RawClient client(listener->port());
    client.send("GET /60000 HTTP/1.1\r\nHost: h\r\n\r\n");
    boost::asio::co_spawn(loop.context(),
                          serve(std::move(*listener), work, {}, {}),
                          [](const std::exception_ptr&) {});
    CHECK(loop.run(async::sleep_for(200ms, {})));
  }
  CHECK(open_files() == files);
}

TEST_SUITE_END();

TEST_SUITE_BEGIN("server::Listener");

TEST_CASE("localhost is both families, under all its names") {
  async::Loop loop;
  auto listener = Listener::open(loop, {});
  REQUIRE(listener);
  const std::string port = std::to_string(listener->port());
  const std::vector<std::string> names = listener->authorities();
  REQUIRE(names.size() >= 2);
  CHECK(names[0] == "localhost:" + port);
  CHECK(names[1] == "127.0.0.1:" + port);
  CHECK(names.size() == listener->acceptors().size() + 1);
  if (names.size() > 2) {
    CHECK(names[2] == "[::1]:" + port);
  }
}

TEST_CASE("a port in use is an error that says so") {
  async::Loop loop;
  auto first = Listener::open(loop, {.host = "127.0.0.1"});
  REQUIRE(first);
  for (const char* host : {"127.0.0.1", "localhost"}) {
    const auto second =
        Listener::open(loop, {.host = host, .port = first->port()});
    REQUIRE_FALSE(second);
    CHECK(second.error().kind == ErrorKind::io);
    CHECK(second.error().message ==
          fmt::format("cannot listen on {}:{}: the port is in use: choose "
                      "another, or 0 for one that is free",
                      host, first->port()));
  }
}

TEST_CASE("addresses that others can reach are refused, unless wanted") {
  async::Loop loop;
  for (const char* host : {"0.0.0.0", "::", "10.0.0.1", "::ffff:127.0.0.1"}) {
    CAPTURE(host);
    const auto listener = Listener::open(loop, {.host = host});
    REQUIRE_FALSE(listener);
    CHECK(listener.error().kind == ErrorKind::usage);
    CHECK(listener.error().message.contains("other hosts could reach it"));
  }
  const auto named = Listener::open(loop, {.host = "example.com"});
  REQUIRE_FALSE(named);
  CHECK(named.error().message ==
        "invalid address \"example.com\": use localhost or an IP address");
  const auto wanted =
      Listener::open(loop, {.host = "0.0.0.0", .allow_remote = true});
  REQUIRE(wanted);
  CHECK(wanted->authorities()[0] == fmt::format("0.0.0.0:{}", wanted->port()));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::server
