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

TEST_CASE("expressions are written as in Go") {
  CHECK(Regex::compile("^(?<n>x)$")->matches("x"));
  CHECK(Regex::compile("(?P<n>x)")->matches("x"));
  CHECK_FALSE(Regex::compile("[(?<]")->matches("P"));
  CHECK(Regex::compile(R"(\(?<)")->matches("<"));
  CHECK(Regex::compile(R"(\Q(?<\E)")->matches("(?<"));
  CHECK(Regex::compile(R"(\Q\C\E)")->matches("\\C"));
  CHECK(Regex::compile(R"(\\C)")->matches("\\C"));
  CHECK(Regex::compile(R"(a\C)").error().message ==
        R"(invalid regular expression "a\C": invalid escape sequence: \C)");
}

TEST_CASE("a byte that is no UTF-8 is one character, as in Go") {
  constexpr std::string_view k_bad = "bad\xffname";
  for (const char* expression :
       {"bad.name", "^bad", "name$", R"(bad\x{FFFD}name)", "d[^x]n"}) {
    INFO(expression);
    CHECK(Regex::compile(expression)->matches(k_bad));
  }
  CHECK_FALSE(Regex::compile("badname")->matches(k_bad));
  CHECK(Regex::compile("^gr.n$")->matches("gr\u00fcn"));
}

TEST_CASE("what is no regular expression is named with its reason") {
  const auto regex = Regex::compile("a(b");

  REQUIRE_FALSE(regex);
  CHECK(regex.error().kind == ErrorKind::usage);
  CHECK(regex.error().message ==
        "invalid regular expression \"a(b\": missing ): a(b");
}

}  // namespace kprofefe::pprof
