// SPDX-License-Identifier: MIT
#include "data.hpp"

#include "pprof/foreign.hpp"
#include "support/profile_builder.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace kprofefe::pprof {
namespace {

using std::string_view_literals::operator""sv;

TEST_SUITE_BEGIN("pprof");

TEST_CASE("foreign formats are named in words") {
  struct Row {
    std::string_view head;
    std::string_view what;
  };

  const std::vector<Row> rows = {
      {"404 page not found\n", "text: 404 page not found"},
      {"\n\n  first\r\nsecond\n", "text: first"},
      {" \r\n\t\n", "blank text"},
      {"<!DOCTYPE html>\n<html><head>\n<TITLE>502 Bad\n Gateway</title>",
       "an HTML page: 502 Bad Gateway"},
      {"<html><body>\n<h1>Sign in</h1>",
       "an HTML page: <html><body> <h1>Sign in</h1>"},
      {"<title lang=en>Log in", "an HTML page: Log in"},
      {"<title/", "XML or HTML: <title/"},
      {"  <HTML>", "an HTML page: <HTML>"},
      {"<?xml version='1.0'?>\n<svg width='3'>", "an SVG image"},
      {"<?xml version='1.0'?><Error>no</Error>",
       "XML or HTML: <?xml version='1.0'?><Error>no</Error>"},
      {"{\n  'kind': 'Status',\n  'code': 403\n}",
       "JSON: { 'kind': 'Status', 'code': 403 }"},
      {"[1,\n2]", "JSON: [1, 2]"},
      {"heap profile:    1:  2 [ 3:  4] @ heapprofile\n",
       "a heap profile in the legacy text format"},
      {"heap_v2/524288\n  t*: 28106: 56637512 [0: 0]\n",
       "a heap profile in jemalloc's text format"},
      {"# comment\n\ngoroutine profile: total 5\n3 @ 0x1\n",
       "a goroutine profile in Go's text format (debug=1)"},
      {"threadcreate profile: total 8\n",
       "a threadcreate profile in Go's text format (debug=1)"},
      {"one two profile: total 8\n", "text: one two profile: total 8"},
      {"--- contentionz 1 ---\n",
       "a contention profile in the legacy text format"},
      {"--- heapz 1 ---\n", "a heap profile in the legacy text format"},
      {"--- threadz 1 ---\n", "a thread profile in the legacy text format"},
      {"--- symbol\nbinary=x\n",
       "a symbolized profile in the legacy text format"},
      {"go 1.26 trace\0\0\0rest"sv,
       "a Go runtime trace, which `go tool trace` opens"},
      {"\x1f\x8b\x08"sv, "gzip"},
      {"\x28\xb5\x2f\xfd..."sv, "zstd data"},
      {"BZh91AY&SY\x8f\xcd"sv, "bzip2 data"},
      {"\x78\x9c\xe3\x62"sv, "zlib data"},
      {"\x7f"
       "ELF\x02\x01"sv,
       "an ELF binary"},
      {"PERFILE2h\0\0"sv, "a perf.data file"},
      {"\0\0\0\0\3\0\0\0\0\0\0\0\x10\x27\0\0\0\0\0\0"sv,
       "a CPU profile in the legacy binary format"},
      {"\0\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
       "\x10\x27\0\0\0\0\0\0\0\0\0\0\0\0\0\0"sv,
       "a CPU profile in the legacy binary format"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.head);
    CHECK(foreign_format(row.head) == row.what);
  }
}

TEST_CASE("the text formats of a real Go program are named") {
  CHECK(foreign_format(test::real("heap_text.txt")) ==
        "a heap profile in the legacy text format");
  CHECK(foreign_format(test::real("block_text.txt")) ==
        "a block profile in Go's text format (debug=1)");
  CHECK(foreign_format(test::real("mutex_text.txt")) ==
        "a mutex profile in Go's text format (debug=1)");
  CHECK(foreign_format(test::real("goroutine_text.txt")) ==
        "a goroutine profile in Go's text format (debug=1)");
  CHECK(foreign_format(test::real("goroutine_dump.txt")) ==
        "a goroutine dump (debug=2)");
}

TEST_CASE("a long stranger is cut to fit a line, its control bytes removed") {
  const std::string text = foreign_format(std::string(5000, 'x'));
  CHECK(text.size() < 140);
  CHECK(text.ends_with("…"));
  CHECK(foreign_format("<" + std::string(5000, ' ') + "x").size() < 140);
  CHECK(foreign_format("{\x1b[31m}") == "JSON: {?[31m}");
}

TEST_CASE("what may be a profile is not foreign") {
  const std::string raw = test::ProfileBuilder::go("heap").raw();
  for (std::size_t size = 2; size < raw.size(); ++size) {
    CAPTURE(size);
    CHECK(foreign_format(raw.substr(0, size)).empty());
  }
  CHECK(foreign_format("").empty());
  CHECK(foreign_format("\x08\x96\x01").empty());
}

TEST_CASE("a trace is known by its header of 16 bytes") {
  CHECK(is_trace(test::real("trace.trace")));
  CHECK(is_trace("go 1.5 trace\0\0\0\0"sv));
  CHECK(is_trace("go 1.22 trace\0\0\0"sv));
  CHECK_FALSE(is_trace("go 1.22 trace\0\0"sv));
  CHECK_FALSE(is_trace("go 1.22 traces are nice"sv));
  CHECK_FALSE(is_trace("go 1.22 is required to run this"sv));
  CHECK_FALSE(is_trace("go 2.22 trace\0\0\0"sv));
  CHECK_FALSE(is_trace(""));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
