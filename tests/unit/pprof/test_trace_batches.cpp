// SPDX-License-Identifier: MIT
#include "data.hpp"

#include "pprof/trace_batches.hpp"
#include "support/profile_builder.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

namespace kprofefe::pprof {
namespace {

using test::MessageBuilder;

TEST_SUITE_BEGIN("pprof");

std::string header(int version) {
  std::string bytes = "go 1." + std::to_string(version) + " trace";
  bytes.resize(16, '\0');
  return bytes;
}

/// A batch of generation 1; `kind` is its first byte, or its first two.
std::string batch(std::string_view kind, std::string_view events) {
  MessageBuilder head;
  head.varint(1).varint(~std::uint64_t{0}).varint(4711).varint(events.size());
  return std::string(kind) + head.str() + std::string(events);
}

const std::string k_end_mark = "\x34";

TEST_CASE("a real trace is whole, and cut at any byte it is not") {
  const std::string trace = test::real("trace.trace");
  REQUIRE(walk_trace(trace));
  CHECK(*walk_trace(trace) == TraceEnd::marked);
  for (std::size_t size = 16; size < trace.size(); ++size) {
    CAPTURE(size);
    CHECK_FALSE(walk_trace(std::string_view(trace).substr(0, size)));
  }
  CHECK_FALSE(walk_trace(trace + "HTTP/1.1 500 Internal Server Error"));
}

TEST_CASE("before Go 1.26 a cut between batches cannot be seen") {
  const std::string first = header(22) + batch("\x01", "some events");
  const std::string trace = first + batch("\x31\x01", "an experiment");
  const std::set<std::size_t> borders = {16, first.size(), trace.size()};
  for (std::size_t size = 16; size <= trace.size(); ++size) {
    CAPTURE(size);
    const auto end = walk_trace(std::string_view(trace).substr(0, size));
    CHECK(end.has_value() == borders.contains(size));
    CHECK(end.value_or(TraceEnd::unknown) == TraceEnd::unknown);
  }
}

TEST_CASE("what is no batch is named with its place") {
  struct Row {
    std::string trace;
    std::string_view message;
  };

  const std::string batches = batch("\x01", "events");
  const std::string size_of_64_bits(10, '\xff');
  const Row rows[] = {
      {header(26) + batches, "malformed trace: unexpected end at byte 37"},
      {header(26), "malformed trace: unexpected end at byte 16"},
      {header(26) + k_end_mark + "\x02",
       "malformed trace: incomplete batch at byte 17 of 18"},
      {header(23) + batches + "\n",
       "malformed trace: incomplete batch at byte 37 of 38"},
      {header(25) + "\x01\x01\x01\x01" + size_of_64_bits,
       "malformed trace: incomplete batch at byte 16 of 30"},
      {header(25) + batch("\x01", std::string((64U << 10) + 1, 'a')),
       "malformed trace: incomplete batch at byte 16 of 65570"},
      {header(25) + "\x31",
       "malformed trace: incomplete batch at byte 16 of 17"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.message);
    const Result<TraceEnd> end = walk_trace(row.trace);
    REQUIRE_FALSE(end);
    CHECK(end.error().kind == ErrorKind::malformed);
    CHECK(end.error().message == row.message);
  }
  CHECK(walk_trace(header(26) + batches + k_end_mark) == TraceEnd::marked);
}

TEST_CASE("of versions without batches, or unknown ones, nothing is known") {
  for (const int version : {5, 11, 21, 27, 99}) {
    CHECK(walk_trace(header(version) + "whatever") == TraceEnd::unknown);
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
