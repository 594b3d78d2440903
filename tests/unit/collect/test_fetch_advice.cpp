// SPDX-License-Identifier: MIT
#include "collect/fetch_advice.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>

namespace kprofefe::collect {
namespace {

using namespace std::chrono_literals;
using pprof::ProfileKind;

TEST_SUITE_BEGIN("collect::fetch_advice");

TEST_CASE("a shorter sampling is advised where a limit may have cut it") {
  const auto advice = [](ProfileKind kind, std::chrono::milliseconds waited,
                         bool is_explained = false) {
    return advise_on_cut({.waited = waited, .is_explained = is_explained},
                         {.kind = kind, .sampling = 30s});
  };
  CHECK(advice(ProfileKind::cpu, 10s) ==
        "; cut off 10s into a 30s profile: use --seconds 8");
  CHECK(advice(ProfileKind::trace, 200ms) == "");
  CHECK(advice(ProfileKind::cpu, 31s).contains("WriteTimeout"));
  CHECK(advice(ProfileKind::cpu, 31s, true) == "");
  CHECK(advice(ProfileKind::heap, 10s) == "");
}

TEST_CASE("a port that speaks something else names the annotation") {
  struct Row {
    const char* name;
    Scheme scheme;
    Error error;
    std::string advice;
  };

  const auto says = [](std::string words) {
    return Error{ErrorKind::http_status, std::move(words)};
  };
  const auto is = [](ErrorDetail detail) {
    return Error{ErrorKind::network, "in any words", detail};
  };

  const std::string to_https =
      "; the port speaks TLS: set the annotation profefe.com/scheme: https";
  const std::string to_http =
      "; the port speaks plain HTTP: set the annotation profefe.com/scheme: "
      "http";
  const Row rows[] = {
      {"Go's own words", Scheme::http,
       says("the pod returned status 400: Client sent an HTTP request to "
            "an HTTPS server."),
       to_https},
      {"by the API server's proxy", Scheme::http,
       says("https://api cannot reach the pod: error trying to reach service: "
            R"(malformed HTTP response "\x15\x03\x01\x00\x02\x02\x16")"),
       to_https},
      {"https already", Scheme::https, says("this port requires TLS"), ""},
      {"TLS", Scheme::http, is(ErrorDetail::speaks_tls), to_https},
      {"plain HTTP", Scheme::https, is(ErrorDetail::speaks_plain_http),
       to_http},
      {"plain HTTP, by the proxy", Scheme::https,
       says("error trying to reach service: http: server gave HTTP response to "
            "HTTPS client"),
       to_http},
      {"gRPC", Scheme::http, is(ErrorDetail::speaks_http2),
       "; the port speaks only HTTP/2, like gRPC: set profefe.com/port to "
       "the port of pprof"},
      {"silence", Scheme::http, is(ErrorDetail::closed_unanswered),
       "; if the port speaks TLS, set the annotation profefe.com/scheme: "
       "https"},
      {"a reset", Scheme::http, is(ErrorDetail::reset),
       "; if the port speaks TLS, set the annotation profefe.com/scheme: "
       "https"},
      {"bytes that are no HTTP", Scheme::http, is(ErrorDetail::not_http),
       "; if the port speaks TLS, set the annotation profefe.com/scheme: "
       "https"},
      {"silence of TLS", Scheme::https, is(ErrorDetail::closed_unanswered), ""},
      {"anything else", Scheme::http, says("the pod returned status 500: no"),
       ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Target target{.scheme = row.scheme};
    CHECK(advise_annotation(target, row.error) == row.advice);
  }
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::collect
