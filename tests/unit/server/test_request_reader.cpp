// SPDX-License-Identifier: MIT
#include "server/http1/request_reader.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace kprofefe::server {
namespace {

using namespace std::string_view_literals;

constexpr RequestLimits k_limits = {.max_header_bytes = 256,
                                    .max_body_bytes = 64};

/// Gives the reader `text` in pieces of `piece` bytes, as they would arrive:
/// what it has not taken when it is complete or refuses.
std::string_view feed(RequestReader& reader, std::string_view text,
                      std::size_t piece) {
  std::size_t arrived = 0;
  while (!reader.is_complete() && !reader.refusal()) {
    const std::size_t taken = reader.read(text.substr(0, arrived));
    text.remove_prefix(taken);
    arrived -= taken;
    if (taken == 0 && arrived == text.size()) {
      break;
    }
    if (taken == 0) {
      arrived += std::min(piece, text.size() - arrived);
    }
  }
  return text;
}

/// 0: complete; -1: more is needed; else the status of the refusal.
int outcome(std::string_view text, std::size_t piece = 1000) {
  RequestReader reader(k_limits);
  feed(reader, text, piece);
  if (reader.refusal()) {
    CHECK(reader.refusal()->why.size() > 10);
    CHECK_FALSE(reader.is_complete());
    return reader.refusal()->status;
  }
  return reader.is_complete() ? 0 : -1;
}

std::string with_header(std::string_view lines) {
  return "POST /a HTTP/1.1\r\nHost: h\r\n" + std::string(lines) + "\r\n";
}

TEST_SUITE_BEGIN("server::RequestReader");

TEST_CASE("a request is the same however its bytes arrive") {
  constexpr std::string_view k_text =
      "POST /a%20b?c=d HTTP/1.1\r\nHost: h:1\r\nX-One:  1 \r\n"
      "Content-Length: 5\r\n\r\nhelloGET /next";
  for (std::size_t piece = 1; piece <= k_text.size(); ++piece) {
    CAPTURE(piece);
    RequestReader reader(k_limits);
    const std::string_view rest = feed(reader, k_text, piece);

    REQUIRE(reader.is_complete());
    CHECK(reader.keeps_alive());
    CHECK(rest == "GET /next");
    const Request request = reader.take();
    CHECK(request.method == "POST");
    CHECK(request.path == "/a b");
    CHECK(request.query == Parameters{{"c", "d"}});
    const Headers expected = {
        {"Host", "h:1"}, {"X-One", "1"}, {"Content-Length", "5"}};
    CHECK(request.headers == expected);
    CHECK(request.body == "hello");
  }
}

TEST_CASE("chunks are joined; extensions and trailers are nobody's") {
  constexpr std::string_view k_text =
      "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n"
      "5;a=b\r\nhello\r\n6\r\n world\r\n0\r\nHost: evil\r\n\r\nGET";
  for (std::size_t piece = 1; piece <= k_text.size(); ++piece) {
    CAPTURE(piece);
    RequestReader reader(k_limits);
    const std::string_view rest = feed(reader, k_text, piece);

    REQUIRE(reader.is_complete());
    CHECK(rest == "GET");
    const Request request = reader.take();
    CHECK(request.body == "hello world");
    CHECK(request.headers.size() == 2);
  }
}

TEST_CASE("what a request may look like") {
  CHECK(outcome("GET / HTTP/1.1\r\nHost: h\r\n\r\n") == 0);
  CHECK(outcome("GET / HTTP/1.0\r\n\r\n") == 0);
  CHECK(outcome("PURGE / HTTP/1.1\r\nhost:h\r\n\r\n") == 0);
  CHECK(outcome(with_header("Content-Length: 0\r\n")) == 0);
  CHECK(outcome(with_header("A: b\r\n c\r\n")) == 0);
  CHECK(outcome("GET / HTTP/1.1\r\nHost: h\r\n") == -1);
  CHECK(outcome(with_header("Content-Length: 2\r\n") + "a") == -1);
}

TEST_CASE("malformed requests are refused") {
  for (const std::string_view text :
       {"\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n"sv, "GET\r\n\r\n"sv,
        "GET /\r\nHost: h\r\n\r\n"sv, "G@T / HTTP/1.1\r\nHost: h\r\n\r\n"sv,
        "GET  / HTTP/1.1\r\nHost: h\r\n\r\n"sv,
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"sv,
        "GET / HTTP/2.0\r\nHost: h\r\n\r\n"sv, "\x16\x03\x01\x02\x00\x01"sv,
        "GET http://h/ HTTP/1.1\r\nHost: h\r\n\r\n"sv,
        "GET /.. HTTP/1.1\r\nHost: h\r\n\r\n"sv, "GET / HTTP/1.1\r\n\r\n"sv,
        "GET / HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n"sv,
        "GET / HTTP/1.1\r\nHost : h\r\n\r\n"sv,
        "GET / HTTP/1.1\r\n Host: h\r\n\r\n"sv,
        "GET / HTTP/1.1\r\nHost: h\0\r\n\r\n"sv,
        "GET / HTTP/1.1\r\nHost: h\rX: y\r\n\r\n"sv,
        "GET / HTTP/1.1\r\nHost: h\r\n: y\r\n\r\n"sv}) {
    CAPTURE(text);
    CHECK(outcome(text) == 400);
    CHECK(outcome(text, 1) == 400);
  }
  // Byte by byte this never ends: the connection's time limit does.
  CHECK(outcome("GET / HTTP/1.1\nHost: h\n\n") == 400);
}

TEST_CASE("a body whose end two servers could see in two places is refused") {
  struct Row {
    std::string_view header;
    int status;
  };

  for (const Row& row : {
           Row{"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", 400},
           Row{"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", 400},
           Row{"Content-Length: 5\r\nContent-Length: 5\r\n", 400},
           Row{"Content-Length: 5\r\nContent-Length: 6\r\n", 400},
           Row{"Content-Length: 5, 5\r\n", 400},
           Row{"Content-Length: +5\r\n", 400},
           Row{"Content-Length: 0x5\r\n", 400},
           Row{"Content-Length: -1\r\n", 400},
           Row{"Content-Length:\r\n", 400},
           Row{"Content-Length: 99999999999999999999\r\n", 400},
           Row{"Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n", 400},
           Row{"Transfer-Encoding: x\r\nTransfer-Encoding: chunked\r\n", 400},
           Row{"Transfer-Encoding: gzip, chunked\r\n", 501},
           Row{"Transfer-Encoding: chunked, chunked\r\n", 501},
           Row{"Transfer-Encoding: identity\r\n", 501},
           Row{"Transfer-Encoding: xchunked\r\n", 501},
           Row{"Transfer-Encoding: \"chunked\"\r\n", 501},
           Row{"Transfer-Encoding:\r\n", 501},
       }) {
    CAPTURE(row.header);
    CHECK(outcome(with_header(row.header) + "hello") == row.status);
  }
  CHECK(outcome("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n") ==
        400);
}

TEST_CASE("malformed chunks are refused") {
  for (const std::string_view body :
       {"x\r\n", "-1\r\n", "5hello\r\n", "5\nhello\r\n0\r\n\r\n",
        "5\r\nhello0\r\n\r\n", "5 x\r\nhello", "fffffffffffffffff\r\n",
        "0\r\nContent-Length: 1\r\n\r\n", "0\r\n: b\r\n\r\n"}) {
    CAPTURE(body);
    const std::string text =
        with_header("Transfer-Encoding: chunked\r\n") + std::string(body);
    CHECK(outcome(text) == 400);
    CHECK(outcome(text, 1) == 400);
  }
}

TEST_CASE("a header is limited as a whole, however it arrives") {
  const std::string line = "X: 89\r\n";
  std::string text = "GET / HTTP/1.1\r\nHost: h\r\n";
  CHECK(outcome(text + "X: " + std::string(300, 'x')) == 431);
  CHECK(outcome("GET /" + std::string(300, 'x')) == 431);
  CHECK(outcome(std::string(300, 'x')) == 431);
  for (int i = 0; i < 40; ++i) {
    text += line;
  }
  text += "\r\n";
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    CAPTURE(piece);
    CHECK(outcome(text, piece) == 431);
  }
}

TEST_CASE("a body is limited, by its length and by its chunks") {
  const std::string chunked = with_header("Transfer-Encoding: chunked\r\n");
  CHECK(outcome(with_header("Content-Length: 64\r\n") + std::string(64, 'x')) ==
        0);
  CHECK(outcome(with_header("Content-Length: 65\r\n")) == 413);
  CHECK(outcome(chunked + "40\r\n" + std::string(64, 'x') + "\r\n0\r\n\r\n") ==
        0);
  CHECK(outcome(chunked + "41\r\n") == 413);
  CHECK(outcome(chunked + "40\r\n" + std::string(64, 'x') + "\r\n1\r\n") ==
        413);
  CHECK(outcome(chunked + "1;" + std::string(300, 'x'), 1) == 431);
  CHECK(outcome(chunked + "0\r\nX: " + std::string(300, 'x'), 1) == 431);
}

TEST_CASE("who waits for 100 Continue is known when the header is") {
  RequestReader reader(k_limits);
  feed(reader, with_header("Content-Length: 5\r\nExpect: 100-Continue\r\n"),
       1000);
  CHECK(reader.has_header());
  CHECK(reader.expects_continue());

  RequestReader without_body(k_limits);
  feed(without_body, with_header("Expect: 100-continue\r\n"), 1000);
  CHECK(without_body.is_complete());
  CHECK_FALSE(without_body.expects_continue());
  CHECK(outcome(with_header("Expect: tea\r\n")) == 417);
}

TEST_CASE("who wants to send another request says so, or says nothing") {
  const auto keeps_alive = [](std::string_view text) {
    RequestReader reader(k_limits);
    feed(reader, text, 1000);
    REQUIRE(reader.is_complete());
    return reader.keeps_alive();
  };
  CHECK(keeps_alive(with_header("")));
  CHECK_FALSE(keeps_alive(with_header("Connection: Close\r\n")));
  CHECK_FALSE(keeps_alive("GET / HTTP/1.0\r\n\r\n"));
  CHECK(keeps_alive("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::server
