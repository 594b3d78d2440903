// SPDX-License-Identifier: MIT
#include "http/error_text.hpp"
#include "http/wrong_protocol.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string_view>

namespace kprofefe::http {
namespace {

using std::string_view_literals::operator""sv;

TEST_SUITE_BEGIN("http::wrong_protocol");

TEST_CASE("what a server speaks is told by the words of all who notice") {
  struct Row {
    const char* from;
    std::string_view words;
    std::optional<Spoken> spoken;
  };

  const Row rows[] = {
      {"Go", "Client sent an HTTP request to an HTTPS server.", Spoken::tls},
      {"nginx", "400 The plain HTTP request was sent to HTTPS port",
       Spoken::tls},
      {"Tomcat", "This combination of host and port requires TLS.",
       Spoken::tls},
      {"Apache",
       "Reason: You're speaking plain HTTP to an SSL-enabled server port.",
       Spoken::tls},
      {"IIS",
       "The page you are trying to access is secured with Secure Sockets "
       "Layer (SSL).",
       Spoken::tls},
      {"Go's client, an alert",
       R"(transport connection broken: malformed HTTP response "\x15\x03\x01")",
       Spoken::tls},
      {"Go's client, gRPC",
       R"(malformed HTTP response "\x00\x00\x06\x04\x00\x00")", Spoken::http2},
      {"Go's client over TLS",
       "http: server gave HTTP response to HTTPS client", Spoken::plain_http},
      {"OpenSSL", "error:0A00010B:SSL routines::wrong version number",
       Spoken::plain_http},
      {"something else", "400 Bad Request", std::nullopt},
      {"nobody", "", std::nullopt},
  };
  for (const Row& row : rows) {
    CAPTURE(row.from);
    CHECK(spoken_by(row.words) == row.spoken);
  }
}

TEST_CASE("who wrote a URL is told which scheme to write") {
  const auto plain = "Client sent an HTTP request to an HTTPS server"sv;
  CHECK(advise_scheme(spoken_by(plain), "http") ==
        "; the server speaks TLS: use https:// in the URL");
  CHECK(advise_scheme(spoken_by(plain), "https") == "");
  CHECK(advise_scheme(Spoken::plain_http, "https") ==
        "; the server speaks plain HTTP: use http:// in the URL");
  CHECK(advise_scheme(Spoken::plain_http, "http") == "");
  CHECK(advise_scheme(std::nullopt, "http") == "");
}

TEST_CASE("what came in place of a status line is told by its first bytes") {
  const Error alert = describe_no_http("\x15\x03\x01\x00\x02\x02\x46"sv);
  CHECK(alert.kind == ErrorKind::network);
  CHECK(spoken_by(alert) == Spoken::tls);
  CHECK(spoken_by(describe_no_http("\x00\x00\x06\x04\x00\x00\x00\x00\x00"sv)) ==
        Spoken::http2);
  CHECK(describe_no_http("SSH-2.0-OpenSSH_9.2\r\n").message ==
        "the response is not HTTP but \"SSH-2.0-OpenSSH_9.2??\"");
  const Error unknown = describe_no_http("");
  CHECK(unknown.message.contains("HTTP/2"));
  CHECK(spoken_by(unknown) == std::nullopt);
}

TEST_CASE("another wording of our own errors changes no advice") {
  Error alert = describe_no_http("\x15\x03\x01\x00\x02\x02\x46"sv);
  alert.message = "something else";
  CHECK(spoken_by(alert) == Spoken::tls);
  CHECK(spoken_by(alert.with_context("here")) == Spoken::tls);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::http
