// SPDX-License-Identifier: MIT
#include "http/redirect.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>

namespace kprofefe::http {
namespace {

Response redirect(std::string location, int status = 302) {
  return {.status = status, .headers = {{"Location", std::move(location)}}};
}

const std::string k_url = "http://h:8080/debug/pprof/profile?seconds=5";

TEST_SUITE_BEGIN("http::redirect");

TEST_CASE("a redirect stays on its server by the URL and not by its text") {
  struct Row {
    const char* location;
    const char* target;
  };

  const Row rows[] = {
      {"/debug/pprof/profile/", "http://h:8080/debug/pprof/profile/?seconds=5"},
      {"profile/", "http://h:8080/debug/pprof/profile/?seconds=5"},
      {"../x?a=b", "http://h:8080/debug/x?a=b"},
      {"?seconds=9", "http://h:8080/debug/pprof/profile?seconds=9"},
      {"http://h:8080/y#top", "http://h:8080/y?seconds=5"},
      {"HTTP://h:8080/y?z", "http://h:8080/y?z"},
      {"//h:8080/y?z", "http://h:8080/y?z"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.location);
    CHECK(redirect_within(k_url, redirect(row.location)).value_or("nothing") ==
          row.target);
  }
  CHECK(redirect_within("http://host/a", redirect("http://HOST:80/b")));
  for (const int status : {301, 302, 303, 307, 308}) {
    CHECK(redirect_within(k_url, redirect("/x", status)));
  }
}

TEST_CASE("another scheme, host or port is another server") {
  for (const char* location :
       {"https://h:8080/y", "http://h/y", "http://h:80801/y", "//other/y",
        "http://h:8080@other/y", "http://h:8080.other/y", "http://other:8080/y",
        "http://user:secret@h:8080/y", "ftp://h:8080/y", "javascript:x"}) {
    CAPTURE(location);
    CHECK_FALSE(redirect_within(k_url, redirect(location)));
    RedirectChain chain(k_url);
    const auto next = chain.next(redirect(location));
    REQUIRE_FALSE(next);
    CHECK(next.error().kind == ErrorKind::http_status);
    CHECK(next.error().message.starts_with("redirects to "));
  }
}

TEST_CASE("what is no redirect leads nowhere") {
  CHECK_FALSE(redirect_within(k_url, redirect("/x", 200)));
  CHECK_FALSE(redirect_within(k_url, redirect("/x", 304)));
  RedirectChain chain(k_url);
  CHECK(chain.next(redirect("/x", 201)).value() == std::nullopt);
  CHECK(chain.next({.status = 500}).value() == std::nullopt);
}

TEST_CASE("a chain of redirects has an end, and names the place") {
  RedirectChain elsewhere(k_url);
  CHECK(elsewhere.next(redirect("https://login.example/?x")).error().message ==
        "redirects to https://login.example/?x, a different server; not "
        "followed");

  RedirectChain silent(k_url);
  CHECK(silent.next({.status = 302}).error().message ==
        "redirects (302) without a Location header");

  RedirectChain loop(k_url);
  CHECK(loop.next(redirect("/a?1")).value() == "http://h:8080/a?1");
  CHECK(loop.next(redirect("/b?1")).value() == "http://h:8080/b?1");
  CHECK(loop.next(redirect("/a?1")).error().message ==
        "redirects in a loop, back to http://h:8080/a?1");
  RedirectChain to_itself(k_url);
  CHECK(to_itself.next(redirect(k_url)).error().message.contains("in a loop"));

  RedirectChain endless(k_url);
  for (int i = 0; i < 10; ++i) {
    CHECK(endless.next(redirect("/?" + std::to_string(i))));
  }
  CHECK(endless.next(redirect("/?10")).error().message ==
        "redirects more than 10 times, last to http://h:8080/?10");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::http
