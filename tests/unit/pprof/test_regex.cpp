// SPDX-License-Identifier: MIT
#include "pprof/regex.hpp"

#include <doctest/doctest.h>

namespace kprofefe::pprof {

TEST_CASE("a regular expression matches any part of the text") {
  const auto regex = Regex::compile(R"(^runtime\.(mallocgc|newobject)$)");

  REQUIRE(regex);
  CHECK(regex->matches("runtime.mallocgc"));
  CHECK_FALSE(regex->matches("runtime.mallocgcSmall"));
  CHECK(Regex::compile("malloc")->matches("runtime.mallocgc"));
  CHECK(regex->expression() == R"(^runtime\.(mallocgc|newobject)$)");
}

TEST_CASE("replace_all keeps what its groups matched") {
  const auto regex = Regex::compile(R"(\((\w+)\))");

  REQUIRE(regex);
  CHECK(regex->replace_all("(a).b(c)", R"([\1])") == "[a].b[c]");
}

TEST_CASE("what is no regular expression is named with its reason") {
  const auto regex = Regex::compile("a(b");

  REQUIRE_FALSE(regex);
  CHECK(regex.error().kind == ErrorKind::usage);
  CHECK(regex.error().message ==
        "invalid regular expression \"a(b\": missing ): a(b");
}

}  // namespace kprofefe::pprof
