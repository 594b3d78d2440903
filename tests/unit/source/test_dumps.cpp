// SPDX-License-Identifier: MIT
#include "source/dumps.hpp"

#include <doctest/doctest.h>

namespace kprofefe::source {
namespace {

TEST_SUITE_BEGIN("source::dumps");

TEST_CASE("a URL of goroutines is that of a dump") {
  const std::string path = "http://h:1/debug/pprof/goroutine";
  CHECK(dump_url(path) == path + "?debug=2");
  CHECK(dump_url(path + "?x=1") == path + "?x=1&debug=2");
  CHECK(dump_url(path + "?debug=1") == path + "?debug=1");
  CHECK(dump_url("http://h:1/stacks") == "http://h:1/stacks");
}

TEST_CASE("a server that is named alone is asked for its goroutines") {
  for (const char* word : {"localhost:6060", "http://localhost:6060/"}) {
    const auto source = parse_source(word, false, false, k_dump_path);
    REQUIRE(source);
    CHECK(dump_url(source->text) ==
          "http://localhost:6060/debug/pprof/goroutine?debug=2");
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::source
