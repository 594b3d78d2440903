// SPDX-License-Identifier: MIT
#include "server/access_guard.hpp"
#include "server/serve.hpp"
#include "support/raw_client.hpp"
#include "support/served.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <memory>
#include <string>
#include <utility>

namespace kprofefe::server {
namespace {

using test::RawClient;
using test::RawResponse;
using test::Served;

async::Task<Response> tell(Request request) {
  co_return text_response(200, "secret of " + request.path);
}

/// A guarded server, and what its person's browser knows.
struct World {
  Served served;
  AccessGuard guard;
  std::string host;
  std::string cookie;

  World() : guard(make_guard(served)), host(served.authorities()[0]) {
    served.start(guard.guard(tell));
  }

  World(const World&) = delete;
  World& operator=(const World&) = delete;

  ~World() { served.stop(); }  // before the guard goes

  static AccessGuard make_guard(const Served& served) {
    auto made = AccessGuard::create(served.authorities(), "/ui/");
    REQUIRE(made);
    return std::move(*made);
  }

  [[nodiscard]] RawResponse ask(std::string_view line,
                                std::string_view headers) const {
    RawClient client(served.port());
    return client.ask(fmt::format("{} HTTP/1.1\r\n{}\r\n", line, headers));
  }

  /// Path and query of the first address.
  [[nodiscard]] std::string start_target() const {
    const std::string url = guard.start_url();
    return url.substr(url.find("/start"));
  }

  /// As a browser does: opens the first address and keeps the cookie.
  void open() {
    const RawResponse response = ask("GET " + start_target(), of_host());
    REQUIRE(response.status == 303);
    CHECK(response.header("Location") == "/ui/");
    const std::string set = response.header("Set-Cookie");
    cookie = set.substr(0, set.find(';'));
  }

  [[nodiscard]] std::string of_host() const {
    return fmt::format("Host: {}\r\n", host);
  }

  [[nodiscard]] std::string with_cookie() const {
    return fmt::format("Host: {}\r\nCookie: {}\r\n", host, cookie);
  }
};

TEST_SUITE_BEGIN("server::AccessGuard");

TEST_CASE("the first address lets a browser in") {
  World world;
  CHECK(world.ask("GET /ui/", world.of_host()).status == 403);
  world.open();

  const RawResponse page = world.ask("GET /ui/", world.with_cookie());

  CHECK(page.status == 200);
  CHECK(page.body == "secret of /ui/\n");
  world.open();
  CHECK(world.ask("GET /ui/", world.with_cookie()).status == 200);
}

TEST_CASE("nobody else gets in") {
  World world;
  world.open();
  const std::string cookie = world.with_cookie();
  const std::string port = std::to_string(world.served.port());

  struct Row {
    std::string_view what;
    std::string line;
    std::string headers;
    int status;
  };

  const Row rows[] = {
      {"no cookie", "GET /api/top", world.of_host(), 403},
      {"a guessed cookie", "GET /api/top",
       world.of_host() + "Cookie: profefe-" + port + "=" +
           std::string(32, '0') + "\r\n",
       403},
      {"a guessed token", "GET /start?token=" + std::string(32, '0'),
       world.of_host(), 403},
      {"no token", "GET /start", world.of_host(), 403},
      {"a token elsewhere", "GET /ui/" + world.start_target().substr(6),
       world.of_host(), 403},
      {"a rebound name", "GET /api/top",
       "Host: evil.example:" + port + "\r\nCookie: " + world.cookie + "\r\n",
       421},
      {"a rebound name at the first address", "GET " + world.start_target(),
       "Host: evil.example:" + port + "\r\n", 421},
      {"two names", "GET /api/top", cookie + "Host: evil.example\r\n", 400},
      {"a name in the request line", "GET http://evil.example/api/top", cookie,
       400},
      {"a page of another site", "GET /api/top",
       cookie + "Sec-Fetch-Site: cross-site\r\n", 403},
      {"a page of another port", "GET /api/top",
       cookie + "Sec-Fetch-Site: same-site\r\n", 403},
      {"a form of another site", "POST /api/captures",
       cookie + "Origin: http://evil.example\r\nContent-Length: 0\r\n", 403},
      {"a form without an origin", "POST /api/captures",
       cookie + "Content-Length: 0\r\n", 403},
      {"a sandboxed frame", "POST /api/captures",
       cookie + "Origin: null\r\nContent-Length: 0\r\n", 403},
      {"a path out of its folder", "GET /assets/../api/top", cookie, 400},
      {"the same, encoded", "GET /assets/%2e%2e/api/top", cookie, 400},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const RawResponse response = world.ask(row.line, row.headers);
    CHECK(response.status == row.status);
    CHECK_FALSE(response.body.contains("secret of"));
    CHECK(response.header("Set-Cookie").empty());
    CHECK(response.header("X-Content-Type-Options") == "nosniff");
    CHECK_FALSE(response.header("Content-Security-Policy").empty());
  }
  const RawResponse own =
      world.ask("POST /api/captures", cookie + "Origin: http://" + world.host +
                                          "\r\nSec-Fetch-Site: same-origin\r\n"
                                          "Content-Length: 0\r\n");
  CHECK(own.status == 200);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::server
