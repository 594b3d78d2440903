// SPDX-License-Identifier: MIT
#include "server/http1/response_head.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::server {
namespace {

TEST_SUITE_BEGIN("server::response_head");

TEST_CASE("status, type, headers and length, as on the wire") {
  const Response response{.status = 202,
                          .content_type = "application/json",
                          .headers = {{"X-A", "b"}},
                          .body = "{}"};

  CHECK(response_head(response, Persistence::keep) ==
        "HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\n"
        "X-A: b\r\nContent-Length: 2\r\n\r\n");
  CHECK(response_head(response, Persistence::close)
            .ends_with("Content-Length: 2\r\nConnection: close\r\n\r\n"));
  CHECK(response_head(response, Persistence::keep_by_1_0)
            .ends_with("Connection: keep-alive\r\n\r\n"));
}

TEST_CASE("an empty body has a length, unless the status has none") {
  CHECK(response_head({.status = 200}, Persistence::keep) ==
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  CHECK(response_head({.status = 204}, Persistence::keep) ==
        "HTTP/1.1 204 No Content\r\n\r\n");
  CHECK(response_head({.status = 304}, Persistence::keep) ==
        "HTTP/1.1 304 Not Modified\r\n\r\n");
}

TEST_CASE("nothing in a header splits the response") {
  const Response response{
      .content_type = "text/plain\r\nA: b",
      .headers = {{"X\r\nY", "1"},
                  {"Z", std::string("2\r\n\r\n3\0004\t5", 10)}}};

  CHECK(response_head(response, Persistence::keep) ==
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain  A: b\r\nX  Y: 1\r\n"
        "Z: 2    3 4 5\r\nContent-Length: 0\r\n\r\n");
}

TEST_CASE("every response has what protects a browser") {
  Response response;
  add_security_headers(response, "default-src 'none'");

  const Headers expected = {{"Content-Security-Policy", "default-src 'none'"},
                            {"X-Content-Type-Options", "nosniff"},
                            {"Referrer-Policy", "no-referrer"},
                            {"Cache-Control", "no-store"},
                            {"X-Frame-Options", "SAMEORIGIN"},
                            {"Cross-Origin-Opener-Policy", "same-origin"},
                            {"Cross-Origin-Resource-Policy", "same-origin"}};
  CHECK(response.headers == expected);
}

TEST_CASE("a response's own policy is left alone") {
  Response response{
      .headers = {{"content-security-policy", "frame-ancestors 'self'"},
                  {"Cache-Control", "max-age=60"}}};
  add_security_headers(response, "default-src 'none'");

  CHECK(response.headers.size() == 7);
  CHECK(http::find_header(response.headers, "Content-Security-Policy") ==
        "frame-ancestors 'self'");
  CHECK(http::find_header(response.headers, "Cache-Control") == "max-age=60");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::server
