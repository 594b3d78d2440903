// SPDX-License-Identifier: MIT
#include "cmd/gathering.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::cmd {
namespace {

std::string said_of_trace(SourceKind kind, const std::string& text) {
  Gathering gathering;
  const std::string trace("go 1.22 trace\0\0\0", 16);
  const Result<void> added = gathering.add(trace, {kind, text});
  REQUIRE_FALSE(added);
  CHECK(added.error().kind == ErrorKind::malformed);
  CHECK(added.error().message.starts_with(text + ": a runtime trace, not a "));
  return added.error().message.substr(text.size());
}

bool has(const std::string& text, std::string_view words) {
  return text.find(words) != std::string::npos;
}

TEST_SUITE_BEGIN("cmd::Gathering");

TEST_CASE("a trace is named with a command that opens it from where it is") {
  CHECK(has(said_of_trace(SourceKind::file, "t.trace"),
            "open it with `go tool trace t.trace`"));
  CHECK(has(said_of_trace(SourceKind::url, "http://p/trace?a=1&b=2"),
            "`curl -o trace.out 'http://p/trace?a=1&b=2'`"));
  CHECK(has(said_of_trace(SourceKind::pod, "pod/api-0"),
            "`kubectl profefe capture pod/api-0 --profiles trace`"));
  CHECK(has(said_of_trace(SourceKind::standard_input, "standard input"),
            "`go tool trace FILE`"));
  CHECK(has(said_of_trace(SourceKind::stored, "b1"), "`get profiles` prints"));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::cmd
