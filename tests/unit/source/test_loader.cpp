// SPDX-License-Identifier: MIT
#include "source/loader.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::source {
namespace {

std::string said_of_trace(Kind kind, const std::string& text) {
  Loader loader;
  const std::string trace("go 1.22 trace\0\0\0", 16);
  const Result<void> added = loader.add(trace, {kind, text});
  REQUIRE_FALSE(added);
  CHECK(added.error().kind == ErrorKind::malformed);
  CHECK(added.error().message.starts_with(text + ": a runtime trace, not a "));
  return added.error().message.substr(text.size());
}

bool has(const std::string& text, std::string_view words) {
  return text.find(words) != std::string::npos;
}

TEST_SUITE_BEGIN("source::Loader");

TEST_CASE("a trace is named with a command that opens it from where it is") {
  CHECK(has(said_of_trace(Kind::file, "t.trace"),
            "open it with `go tool trace t.trace`"));
  CHECK(has(said_of_trace(Kind::url, "http://p/trace?a=1&b=2"),
            "`curl -o trace.out 'http://p/trace?a=1&b=2'`"));
  CHECK(has(said_of_trace(Kind::pod, "pod/api-0"),
            "`kubectl profefe capture pod/api-0 --profiles trace`"));
  CHECK(has(said_of_trace(Kind::standard_input, "standard input"),
            "`go tool trace FILE`"));
  CHECK(has(said_of_trace(Kind::stored, "b1"), "`get profiles` prints"));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::source
