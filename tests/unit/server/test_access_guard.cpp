// SPDX-License-Identifier: MIT
#include "server/access/cookie.hpp"
#include "server/access_guard.hpp"
#include "server/secret.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>

namespace kprofefe::server {
namespace {

AccessGuard make_guard() {
  auto guard = AccessGuard::create(
      {"localhost:8080", "127.0.0.1:8080", "[::1]:8080"}, "/ui/flamegraph");
  REQUIRE(guard);
  return std::move(*guard);
}

std::string token_of(const AccessGuard& guard) {
  const std::string url = guard.start_url();
  return url.substr(url.find('=') + 1);
}

Request start_request(std::string token) {
  return {.method = "GET",
          .path = "/start",
          .query = {{"token", std::move(token)}},
          .headers = {{"Host", "localhost:8080"}}};
}

/// `name=value` of the cookie that the guard sets.
std::string cookie_of(AccessGuard guard) {
  const auto response = guard.check(start_request(token_of(guard)));
  REQUIRE(response);
  const auto cookie = http::find_header(response->headers, "Set-Cookie");
  REQUIRE(cookie);
  return std::string(cookie->substr(0, cookie->find(';')));
}

/// 0: the request may pass.
int status_of(AccessGuard& guard, const Request& request) {
  const auto response = guard.check(request);
  return response ? response->status : 0;
}

TEST_SUITE_BEGIN("server::AccessGuard");

TEST_CASE("the first address sets a cookie and leads on, again and again") {
  AccessGuard guard = make_guard();
  CHECK(guard.start_url().starts_with("http://localhost:8080/start?token="));
  CHECK(token_of(guard).size() == 32);

  for (int i = 0; i < 2; ++i) {
    const auto response = guard.check(start_request(token_of(guard)));
    REQUIRE(response);
    CHECK(response->status == 303);
    CHECK(http::find_header(response->headers, "Location") == "/ui/flamegraph");
    const auto cookie = http::find_header(response->headers, "Set-Cookie");
    REQUIRE(cookie);
    CHECK(cookie->starts_with("profefe-8080="));
    CHECK(cookie->ends_with("; HttpOnly; SameSite=Strict; Path=/"));
    CHECK_FALSE(cookie->contains(token_of(guard)));
  }
}

TEST_CASE("a browser's first address works once") {
  AccessGuard guard = make_guard();
  const std::string url = guard.browser_url();
  const std::string token = url.substr(url.find('=') + 1);
  REQUIRE(token != token_of(guard));

  CHECK(status_of(guard, start_request(token)) == 303);
  CHECK(status_of(guard, start_request(token)) == 403);
  CHECK(status_of(guard, start_request("")) == 403);
  CHECK(status_of(guard, start_request(token_of(guard))) == 303);
}

TEST_CASE("no other token is taken") {
  AccessGuard guard = make_guard();
  const std::string token = token_of(guard);
  std::string near = token;
  near.back() = near.back() == '0' ? '1' : '0';
  for (const std::string& wrong :
       {std::string(), near, token + "0", token.substr(1), cookie_of(guard),
        token_of(make_guard())}) {
    CAPTURE(wrong);
    CHECK(status_of(guard, start_request(wrong)) == 403);
  }
  Request without = start_request("");
  without.query.clear();
  CHECK(status_of(guard, without) == 403);
  Request post = start_request(token);
  post.method = "POST";
  CHECK(status_of(guard, post) == 405);
  Request rebound = start_request(token);
  rebound.headers = {{"Host", "evil.example:8080"}};
  CHECK(status_of(guard, rebound) == 421);
}

TEST_CASE("a link from another page leads on without a redirect") {
  // That would be of another site as well, and refused.
  for (const std::string_view site : {"cross-site", "same-site"}) {
    CAPTURE(site);
    AccessGuard guard = make_guard();
    Request request = start_request(token_of(guard));
    request.headers.emplace_back("Sec-Fetch-Site", site);
    const auto response = guard.check(request);
    REQUIRE(response);
    CHECK(response->status == 200);
    const Headers& headers = response->headers;
    CHECK(http::find_header(headers, "Refresh") == "0; url=/ui/flamegraph");
    CHECK_FALSE(http::find_header(headers, "Location"));
    CHECK(http::find_header(headers, "Set-Cookie"));
    CHECK_FALSE(response->body.contains(token_of(guard)));

    request.query = {{"token", "x"}};
    CHECK(status_of(guard, request) == 403);
  }
  for (const std::string_view site : {"none", "same-origin"}) {
    AccessGuard guard = make_guard();
    Request request = start_request(token_of(guard));
    request.headers.emplace_back("Sec-Fetch-Site", site);
    CHECK(status_of(guard, request) == 303);
  }
}

TEST_CASE("who may pass") {
  AccessGuard guard = make_guard();
  const std::string cookie = cookie_of(guard);
  const std::string token = token_of(guard);
  const std::string foreign_cookie = cookie_of(make_guard());

  struct Row {
    std::string_view method;
    Headers headers;
    std::string cookie;
    int status;
  };

  const std::string local = "localhost:8080";
  const Row rows[] = {
      {"GET", {{"Host", local}}, cookie, 0},
      {"GET", {{"host", "LOCALHOST:8080"}}, cookie, 0},
      {"GET", {{"Host", "127.0.0.1:8080"}}, cookie, 0},
      {"GET", {{"Host", "[::1]:8080"}}, cookie, 0},
      {"GET", {{"Host", local}}, "a=b; " + cookie + ";c=d", 0},
      {"GET", {{"Host", local}}, "profefe-8080=x; " + cookie, 0},
      // The cookie is missing, or is not ours.
      {"GET", {{"Host", local}}, "", 403},
      {"GET", {{"Host", local}}, foreign_cookie, 403},
      {"GET", {{"Host", local}}, "profefe-8080=" + token, 403},
      {"GET", {{"Host", local}}, "profefe-8080=", 403},
      {"GET", {{"Host", local}}, cookie + "0", 403},
      {"GET", {{"Host", local}}, "x" + cookie, 403},
      {"GET", {{"Host", local}, {"Authorization", token}}, "", 403},
      // DNS rebinding: a name that is not ours.
      {"GET", {{"Host", "evil.example:8080"}}, cookie, 421},
      {"GET", {{"Host", "localhost"}}, cookie, 421},
      {"GET", {{"Host", "localhost:8081"}}, cookie, 421},
      {"GET", {{"Host", "localhost.evil.example:8080"}}, cookie, 421},
      {"GET", {{"Host", "localhost:8080.evil.example"}}, cookie, 421},
      {"GET", {{"Host", ""}}, cookie, 421},
      {"GET", {}, cookie, 421},
      // Pages of other sites, and of other ports of this host.
      {"GET", {{"Host", local}, {"Sec-Fetch-Site", "same-origin"}}, cookie, 0},
      {"GET", {{"Host", local}, {"Sec-Fetch-Site", "none"}}, cookie, 0},
      {"GET", {{"Host", local}, {"Sec-Fetch-Site", "cross-site"}}, cookie, 403},
      {"GET", {{"Host", local}, {"Sec-Fetch-Site", "same-site"}}, cookie, 403},
      {"GET",
       {{"Host", local}, {"Origin", "http://localhost:8080"}},
       cookie,
       0},
      {"GET",
       {{"Host", local}, {"Origin", "http://localhost:3000"}},
       cookie,
       403},
      {"GET", {{"Host", local}, {"Origin", "null"}}, cookie, 403},
      {"POST",
       {{"Host", local}, {"Origin", "http://localhost:8080"}},
       cookie,
       0},
      {"POST", {{"Host", local}, {"Origin", "http://localhost:8080"}}, "", 403},
      {"POST", {{"Host", local}}, cookie, 403},
      {"POST", {{"Host", local}, {"Origin", ""}}, cookie, 403},
      {"POST",
       {{"Host", local}, {"Origin", "https://localhost:8080"}},
       cookie,
       403},
      {"POST",
       {{"Host", local}, {"Origin", "http://127.0.0.1:8080"}},
       cookie,
       403},
      {"POST",
       {{"Host", local}, {"Origin", "http://evil.example"}},
       cookie,
       403},
      {"DELETE", {{"Host", local}, {"Origin", "null"}}, cookie, 403},
      {"POST",
       {{"Host", local},
        {"Origin", "http://localhost:8080"},
        {"Sec-Fetch-Site", "cross-site"}},
       cookie,
       403},
  };
  for (const Row& row : rows) {
    Request request{.method = std::string(row.method),
                    .path = "/api/top",
                    .headers = row.headers};
    if (!row.cookie.empty()) {
      request.headers.emplace_back("Cookie", row.cookie);
    }
    CAPTURE(row.method);
    CAPTURE(row.cookie);
    CHECK(status_of(guard, request) == row.status);
  }
}

TEST_CASE("a refusal says what to do, and no secret") {
  AccessGuard guard = make_guard();
  for (const Headers& headers :
       {Headers{{"Host", "evil.example"}}, Headers{{"Host", "localhost:8080"}},
        Headers{{"Host", "localhost:8080"}, {"Origin", "null"}}}) {
    const auto response =
        guard.check({.method = "GET", .path = "/", .headers = headers});
    REQUIRE(response);
    CHECK(response->content_type == "text/plain; charset=utf-8");
    CHECK(response->body.size() > 20);
    CHECK_FALSE(response->body.contains(token_of(guard)));
  }
}

TEST_CASE("secrets differ, and are compared whole") {
  const auto one = new_secret();
  const auto two = new_secret();
  REQUIRE(one);
  REQUIRE(two);
  CHECK(one->size() == 32);
  CHECK(one->find_first_not_of("0123456789abcdef") == std::string::npos);
  CHECK(*one != *two);
  CHECK(is_secret(*one, *one));
  CHECK_FALSE(is_secret(*two, *one));
  CHECK_FALSE(is_secret("", *one));
  CHECK_FALSE(is_secret("xbc", "abc"));
  CHECK_FALSE(is_secret("abx", "abc"));
}

TEST_CASE("cookies are found among others") {
  const Headers headers = {{"Cookie", "a=1; b=2;a=3 ; =4; c; aa=5"},
                           {"cookie", "a="}};
  CHECK(cookie_values(headers, "a") ==
        std::vector<std::string_view>{"1", "3", ""});
  CHECK(cookie_values(headers, "c").empty());
  CHECK(cookie_values({{"X-Cookie", "a=1"}}, "a").empty());
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::server
