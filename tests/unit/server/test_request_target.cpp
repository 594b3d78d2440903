// SPDX-License-Identifier: MIT
#include "server/http1/request_target.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace kprofefe::server {
namespace {

using namespace std::string_view_literals;

TEST_SUITE_BEGIN("server::parse_request_target");

TEST_CASE("path and query are decoded") {
  const auto target =
      parse_request_target("/ui/t%C3%B6p?f=a%2Bb+c&i=&g=lines&g=files&x&&p==");

  REQUIRE(target);
  CHECK(target->path == "/ui/töp");
  CHECK(target->raw_query == "f=a%2Bb+c&i=&g=lines&g=files&x&&p==");
  const Parameters expected = {{"f", "a+b c"}, {"i", ""}, {"g", "lines"},
                               {"g", "files"}, {"x", ""}, {"p", "="}};
  CHECK(target->query == expected);
}

TEST_CASE("a plus is a blank in a query, and itself in a path") {
  const auto target = parse_request_target("/a+b?c+d=e+f");

  REQUIRE(target);
  CHECK(target->path == "/a+b");
  CHECK(target->query == Parameters{{"c d", "e f"}});
}

TEST_CASE("paths that are clean") {
  for (const std::string_view text :
       {"/", "/ui/", "/assets/app.js", "/..a/b..", "/a?..", "/a?b=/../c",
        "/a?b=%5C%00", "/a?b=?c"}) {
    CAPTURE(text);
    CHECK(parse_request_target(text));
  }
}

TEST_CASE("what is no clean path or no proper coding is refused") {
  for (const std::string_view text : {""sv,
                                      "a"sv,
                                      "*"sv,
                                      "http://localhost/a"sv,
                                      "localhost:80"sv,
                                      "/.."sv,
                                      "/../etc/passwd"sv,
                                      "/a/../b"sv,
                                      "/a/%2e%2e/b"sv,
                                      "/a%2f..%2fb"sv,
                                      "/."sv,
                                      "/./a"sv,
                                      "//a"sv,
                                      "/a//b"sv,
                                      "//"sv,
                                      "/a\\b"sv,
                                      "/a%5Cb"sv,
                                      "/a%00b"sv,
                                      "/a\0b"sv,
                                      "/a%0d%0ab"sv,
                                      "/a%7f"sv,
                                      "/a%"sv,
                                      "/a%4"sv,
                                      "/a%4g"sv,
                                      "/a%-1"sv,
                                      "/a%+1"sv,
                                      "/a% 1"sv,
                                      "/a%0x"sv,
                                      "/a%ff"sv,
                                      "/a%c0%af"sv,
                                      "/a?b=%"sv,
                                      "/a?b=%zz"sv,
                                      "/a?%4=1"sv,
                                      "/a?b=%ff"sv,
                                      "/a?b#c"sv}) {
    CAPTURE(text);
    CHECK_FALSE(parse_request_target(text));
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::server
