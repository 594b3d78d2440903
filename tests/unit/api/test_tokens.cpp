// SPDX-License-Identifier: MIT
#include "api/tokens.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <cstdio>
#include <string>
#include <utility>

namespace kprofefe::api {
namespace {

TEST_SUITE_BEGIN("api::Guard");

server::Request request_with(std::string authorization) {
  return {.method = "GET",
          .path = "/api/0/version",
          .headers = {{"authorization", std::move(authorization)}}};
}

/// 0: it may pass.
int status_of(Guard& guard, std::string authorization,
              Access access = Access::read) {
  const auto refusal =
      guard.check(request_with(std::move(authorization)), access);
  return refusal ? refusal->status : 0;
}

Guard guard_of(const Guard::Files& files) {
  Result<Guard> guard = Guard::open(files);
  REQUIRE(guard);
  return std::move(*guard);
}

TEST_CASE("without files everybody may read and write") {
  Guard guard = guard_of({});
  CHECK(status_of(guard, "") == 0);
  CHECK(status_of(guard, "", Access::write) == 0);
}

TEST_CASE("each token of the file lets in, and nothing else") {
  const test::Scratch scratch;
  Guard guard =
      guard_of({.read = scratch.write("read", "one\n\n# two\n  three \n")});
  CHECK(status_of(guard, "Bearer one") == 0);
  CHECK(status_of(guard, "bearer  three") == 0);
  CHECK(status_of(guard, "", Access::write) == 0);
  for (const std::string wrong :
       {"", "Bearer", "Bearer ", "Bearer two", "Bearer # two", "Bearer on",
        "Bearer onee", "Basic one", "one"}) {
    CAPTURE(wrong);
    CHECK(status_of(guard, wrong) == 401);
  }
}

TEST_CASE("a refusal says what is needed") {
  const test::Scratch scratch;
  Guard guard = guard_of({.write = scratch.write("write", "w\n")});
  const auto refusal = guard.check(request_with("Bearer x"), Access::write);
  REQUIRE(refusal);
  CHECK(http::find_header(refusal->headers, "WWW-Authenticate") == "Bearer");
  CHECK(refusal->body ==
        "{\"code\":401,\"error\":\"a token for writing is needed\"}\n");
}

TEST_CASE("a file that changes is read anew; one that is gone is not") {
  const test::Scratch scratch;
  const std::string path = scratch.write("read", "old\n");
  Guard guard = guard_of({.read = path});
  CHECK(status_of(guard, "Bearer old") == 0);
  CHECK(scratch.write("read", "newer\n") == path);
  CHECK(status_of(guard, "Bearer old") == 401);
  CHECK(status_of(guard, "Bearer newer") == 0);
  CHECK(scratch.write("read", "# being changed\n") == path);
  CHECK(status_of(guard, "Bearer newer") == 0);
  CHECK(std::remove(path.c_str()) == 0);
  CHECK(status_of(guard, "Bearer newer") == 0);
}

TEST_CASE("a file without a token, or none, is an error") {
  const test::Scratch scratch;
  const auto empty = Guard::open({.read = scratch.write("empty", "#\n")});
  REQUIRE_FALSE(empty);
  CHECK(empty.error().message.ends_with(
      "empty: no token in it: write one a line"));
  CHECK_FALSE(Guard::open({.write = scratch / "nothing"}));
}

}  // namespace
}  // namespace kprofefe::api
