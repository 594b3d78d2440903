// SPDX-License-Identifier: MIT
#include "http/curl_error.hpp"

#include <doctest/doctest.h>

#include <cerrno>
#include <chrono>

namespace kprofefe::http {
namespace {

using namespace std::chrono_literals;

constexpr const char* k_proxy = "http://jane:s3cret@p:3128";

TEST_SUITE_BEGIN("http::describe_curl_error");

TEST_CASE("what a proxy is to blame for names it, without its login") {
  struct Row {
    CURLcode code;
    const char* detail;
    long os_error;
    const char* message;
  };

  const Row rows[] = {
      {CURLE_COULDNT_CONNECT, "", ECONNREFUSED,
       "proxy p:3128: connection refused"},
      {CURLE_COULDNT_RESOLVE_PROXY, "Could not resolve proxy: p", 0,
       "proxy p:3128: could not resolve host"},
      {CURLE_PROXY, "User was rejected", 0, "proxy p:3128: User was rejected"},
      {CURLE_OPERATION_TIMEDOUT, "", 0,
       "proxy p:3128: no connection within 30s"},
      {CURLE_RECV_ERROR, "CONNECT tunnel failed, response 407", 0,
       "proxy p:3128: rejected the credentials in its URL (407)"},
      {CURLE_RECV_ERROR, "CONNECT tunnel failed, response 403", 0,
       "proxy p:3128: returned 403 to CONNECT"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.message);
    const Error error = describe_curl_error({.code = row.code,
                                             .detail = row.detail,
                                             .os_error = row.os_error,
                                             .proxy = k_proxy,
                                             .connect_timeout = 30s});
    CHECK(error.message == row.message);
    CHECK(error.kind == ErrorKind::unreachable);
  }
}

TEST_CASE("a proxy without a login says where to put one") {
  const Error error =
      describe_curl_error({.code = CURLE_RECV_ERROR,
                           .detail = "CONNECT tunnel failed, response 407",
                           .proxy = "http://p:3128"});
  CHECK(error.message ==
        "proxy p:3128: authentication required (407); set proxy-url or "
        "HTTPS_PROXY to http://user:password@host:port");
}

TEST_CASE("a certificate without SANs is refused in Go's words") {
  const Error error = describe_curl_error(
      {.code = CURLE_PEER_FAILED_VERIFICATION,
       .detail = "SSL certificate problem: hostname mismatch"});
  CHECK(error.kind == ErrorKind::untrusted);
  CHECK(error.message ==
        "TLS: certificate verification failed (it relies on legacy Common "
        "Name field, use SANs instead)");
}

TEST_CASE("a proxy's certificate is the proxy's") {
  CurlFailure failure{.code = CURLE_PEER_FAILED_VERIFICATION,
                      .detail = "self-signed certificate",
                      .proxy = "https://p:3128",
                      .was_in_proxys_tls = true};
  const Error error = describe_curl_error(failure);
  CHECK(error.kind == ErrorKind::untrusted);
  CHECK(error.message ==
        "proxy p:3128: TLS: certificate verification failed (self-signed "
        "certificate)");
  failure.was_in_proxys_tls = false;
  CHECK(describe_curl_error(failure).message.starts_with("TLS: "));
}

TEST_CASE(
    "an alert of TLS is said in words, one of a certificate by its name") {
  struct Row {
    CURLcode code;
    const char* detail;
    const char* message;
  };

  const Row rows[] = {
      {CURLE_RECV_ERROR,
       "OpenSSL SSL_read: OpenSSL/3.0.20: error:0A00045C:SSL "
       "routines::tlsv13 alert certificate required, errno 0",
       "TLS: the server requires a client certificate"},
      {CURLE_RECV_ERROR,
       "OpenSSL SSL_read: OpenSSL/3.0.20: error:0A000418:SSL "
       "routines::tlsv1 alert unknown ca, errno 104",
       "TLS: the server rejected the client certificate (unknown ca)"},
      {CURLE_SSL_CONNECT_ERROR,
       "TLS connect error: error:0A000410:SSL routines::sslv3 alert handshake "
       "failure",
       "TLS: the server refused the connection (handshake failure)"},
      {CURLE_SSL_CONNECT_ERROR,
       "TLS connect error: error:0A00010B:SSL routines::wrong version number",
       "TLS: the response is not TLS (wrong version number)"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.message);
    const Error error = describe_curl_error(
        {.code = row.code, .detail = row.detail, .os_error = ECONNRESET});
    CHECK(error.kind == ErrorKind::unreachable);
    CHECK(error.message == row.message);
  }
}

TEST_CASE(
    "a proxy is not named for what the server does, or when there is "
    "none") {
  CHECK(describe_curl_error({.code = CURLE_GOT_NOTHING, .proxy = k_proxy})
            .message == "the connection was closed without a response");
  CHECK(describe_curl_error(
            {.code = CURLE_COULDNT_CONNECT, .os_error = ECONNREFUSED})
            .message == "connection refused");
}

TEST_CASE("an answer without a status line is no HTTP/1.1") {
  const Error error =
      describe_curl_error({.code = CURLE_UNSUPPORTED_PROTOCOL,
                           .detail = "Received HTTP/0.9 when not allowed"});
  CHECK(error.kind == ErrorKind::network);
  CHECK(error.message.contains("not HTTP/1.1"));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::http
