// SPDX-License-Identifier: MIT
#include "http/response_reader.hpp"
#include "support/gzip.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace kprofefe::http {
namespace {

using Taken = ResponseReader::Taken;

constexpr std::size_t k_max_body = 100'000;

/// A reader that has read a status line and these header lines.
ResponseReader reader_of(std::string_view status_line,
                         std::initializer_list<std::string_view> lines,
                         ResponseReader::Limits limits = {
                             .max_body_bytes = k_max_body}) {
  ResponseReader reader(std::move(limits));
  CHECK(reader.read_header(status_line));
  for (const std::string_view line : lines) {
    CHECK(reader.read_header(line));
  }
  return reader;
}

TEST_SUITE_BEGIN("http::ResponseReader");

TEST_CASE("a length, chunks or the protocol prove where a body ends") {
  struct Row {
    std::string_view name;
    std::vector<std::string_view> lines;
    bool is_proven;
  };

  const std::vector<Row> rows = {
      {"nothing", {}, false},
      {"a length", {"Content-Length: 3\r\n"}, true},
      {"the same length twice",
       {"Content-Length: 3\r\n", "content-length: 3\r\n"},
       true},
      {"two lengths",
       {"Content-Length: 3\r\n", "Content-Length: 4\r\n"},
       false},
      {"a length that is too large for any number",
       {"Content-Length: 99999999999999999999\r\n"},
       false},
      {"a length that is no number", {"Content-Length: 3x\r\n"}, false},
      {"chunks", {"Transfer-Encoding: chunked\r\n"}, true},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    ResponseReader reader({.max_body_bytes = k_max_body});
    REQUIRE(reader.read_header("HTTP/1.1 200 OK\r\n"));
    for (const std::string_view line : row.lines) {
      REQUIRE(reader.read_header(line));
    }
    REQUIRE(reader.read_body("abc") == Taken::all);

    const Result<Response> response = reader.finish(false);

    REQUIRE(response);
    CHECK(response->proven_complete == row.is_proven);
    CHECK(response->body.bytes == "abc");
  }
  ResponseReader framed = reader_of("HTTP/2 200\r\n", {});
  CHECK(framed.finish(true)->proven_complete);
}

TEST_CASE("an interim response leaves nothing behind") {
  ResponseReader reader = reader_of(
      "HTTP/1.1 103 Early Hints\r\n",
      {"Content-Length: 7\r\n", "Content-Encoding: gzip\r\n", "\r\n"});
  REQUIRE(reader.read_header("HTTP/1.1 200 OK\r\n"));
  REQUIRE(reader.read_body("abc") == Taken::all);

  const Result<Response> response = reader.finish(false);

  REQUIRE(response);
  CHECK(response->status == 200);
  CHECK(response->headers.empty());
  CHECK(response->body.bytes == "abc");
}

TEST_CASE("a header without an end is refused") {
  ResponseReader reader = reader_of("HTTP/1.1 200 OK\r\n", {});
  const std::string line = "X-A: " + std::string(1000, 'a') + "\r\n";
  int taken = 0;
  while (reader.read_header(line)) {
    ++taken;
  }

  CHECK(taken < 40);
  const Result<Response> response = reader.finish(false);
  REQUIRE_FALSE(response);
  CHECK(response.error().kind == ErrorKind::malformed);
  CHECK(response.error().message ==
        "the response header is larger than 32 KiB");
}

TEST_CASE("a content coding is taken off before anything looks at the body") {
  const std::string body = std::string(50'000, 'x') + "end";
  for (const std::string_view coding : {"gzip", "x-gzip", "GZIP", "deflate"}) {
    CAPTURE(coding);
    const std::string coded =
        coding == "deflate" ? test::zlib(body) : test::gzip(body);
    const std::string line =
        "Content-Encoding: " + std::string(coding) + "\r\n";
    std::string inspected;
    ResponseReader reader = reader_of(
        "HTTP/1.1 200 OK\r\n", {line},
        {.max_body_bytes = k_max_body, .inspect = [&](std::string_view start) {
           inspected = start.substr(0, 3);
           return Result<void>{};
         }});
    for (const char c : coded) {
      REQUIRE(reader.read_body({&c, 1}) == Taken::all);
    }

    const Result<Response> response = reader.finish(false);

    REQUIRE(response);
    CHECK(response->body.bytes == body);
    CHECK(inspected == "xxx");
  }
}

TEST_CASE("what cannot be decoded is named") {
  ResponseReader other =
      reader_of("HTTP/1.1 200 OK\r\n", {"Content-Encoding: br\r\n"});
  CHECK(other.read_body("abc") == Taken::enough);
  CHECK(other.finish(true).error().message.contains("\"br\""));

  ResponseReader damaged =
      reader_of("HTTP/1.1 200 OK\r\n", {"Content-Encoding: gzip\r\n"});
  CHECK(damaged.read_body("abc") == Taken::enough);
  CHECK(damaged.finish(true).error().kind == ErrorKind::malformed);

  const std::string coded = test::gzip("hello");
  ResponseReader cut =
      reader_of("HTTP/1.1 200 OK\r\n", {"Content-Encoding: gzip\r\n"});
  CHECK(cut.read_body(coded.substr(0, coded.size() - 1)) == Taken::all);
  CHECK(cut.finish(true).error().message.contains("unexpected end"));
}

TEST_CASE("the limit holds for what comes out of a content coding") {
  const std::string bomb = test::gzip(std::string(k_max_body + 1, '\0'));
  ResponseReader reader =
      reader_of("HTTP/1.1 200 OK\r\n", {"Content-Encoding: gzip\r\n"});

  CHECK(reader.read_body(bomb) == Taken::enough);
  const Result<Response> response = reader.finish(true);
  REQUIRE_FALSE(response);
  CHECK(response.error().message == "the body is larger than 100000 bytes");
}

TEST_CASE("of an answer that is no success only the beginning is kept") {
  ResponseReader reader = reader_of("HTTP/1.1 503 Unavailable\r\n", {});
  const std::string piece(10'000, 'x');
  Taken taken = Taken::all;
  for (int i = 0; i < 100 && taken == Taken::all; ++i) {
    taken = reader.read_body(piece);
  }

  CHECK(taken == Taken::enough);
  const Result<Response> response = reader.finish(false);
  REQUIRE(response);
  CHECK(response->status == 503);
  CHECK(response->body.bytes.size() == 64 << 10);
}

TEST_CASE("a foreign body is refused by its first bytes") {
  const auto inspect = [](std::string_view start) -> Result<void> {
    return start.starts_with('<') ? fail(ErrorKind::malformed, "not a profile")
                                  : Result<void>{};
  };
  ResponseReader reader =
      reader_of("HTTP/1.1 200 OK\r\n", {},
                {.max_body_bytes = 1 << 30, .inspect = inspect});
  CHECK(reader.read_body("<html>") == Taken::all);
  CHECK(reader.read_body(std::string(4000, ' ')) == Taken::enough);
  CHECK(reader.finish(true).error().message == "not a profile");
}

TEST_CASE(
    "what the budget has no room for comes again, also when it is coded") {
  std::string body;
  for (int i = 0; i < 4000; ++i) {
    body += std::to_string(i * i) + "\n";
  }
  const std::string coded = test::gzip(body);
  async::ByteBudget budget(
      {.own = 0, .common = 0, .common_each = 0, .turn = 200'000});
  std::optional<async::ByteBudget::Lease> other = budget.open({});
  REQUIRE(other->grow(1));
  int told = 0;
  ResponseReader reader = reader_of(
      "HTTP/1.1 200 OK\r\n", {"Content-Encoding: gzip\r\n"},
      {.max_body_bytes = k_max_body, .budget = &budget, .on_room = [&] {
         ++told;
       }});

  CHECK(reader.read_body(coded) == Taken::not_now);
  other.reset();
  CHECK(told == 1);
  CHECK(reader.read_body(coded) == Taken::all);

  const Result<Response> response = reader.finish(true);
  REQUIRE(response);
  CHECK(response->body.bytes == body);
}

TEST_CASE("a body larger than the budget ever has room for is refused") {
  async::ByteBudget budget(
      {.own = 10, .common = 10, .common_each = 10, .turn = 1000});
  ResponseReader reader =
      reader_of("HTTP/1.1 200 OK\r\n", {},
                {.max_body_bytes = k_max_body, .budget = &budget});

  CHECK(reader.read_body(std::string(1010, 'x')) == Taken::all);
  CHECK(reader.read_body("x") == Taken::enough);
  CHECK(reader.finish(true).error().message ==
        "the body is larger than 1010 bytes");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::http
