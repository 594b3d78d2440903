// SPDX-License-Identifier: MIT
#include "http/curl_error.hpp"

#include "base/duration.hpp"
#include "base/fd.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "http/proxy.hpp"
#include "http/tls_context.hpp"
#include "http/wrong_protocol.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>

namespace kprofefe::http {
namespace {

/// In Go's words.
constexpr const char* k_legacy_name =
    "it relies on legacy Common Name field, use SANs instead";
constexpr std::string_view k_no_tunnel = "CONNECT tunnel failed";

std::string detail_or_code(const CurlFailure& failure) {
  return *failure.detail != 0 ? one_line(failure.detail)
                              : curl_easy_strerror(failure.code);
}

/// `proxy HOST:PORT`.
std::string name_of(std::string_view proxy) {
  const std::string url = without_user(proxy);
  const auto scheme = url.find("://");
  return "proxy " +
         (scheme == std::string::npos ? url : url.substr(scheme + 3));
}

/// What the other side's TLS said before it ended the connection, in OpenSSL's
/// words: `... error:0A000418:SSL routines::tlsv1 alert unknown ca, errno 0`.
std::string_view alert_in(std::string_view detail) {
  constexpr std::string_view k_alert = " alert ";
  const auto begin = detail.find(k_alert);
  if (begin == std::string_view::npos) {
    return {};
  }
  detail.remove_prefix(begin + k_alert.size());
  return detail.substr(0, detail.find(','));
}

/// A handshake that failed. OpenSSL's reason is at the end of its text.
Error describe_handshake(const CurlFailure& failure) {
  const std::string detail = detail_or_code(failure);
  if (spoken_by(detail) != Spoken::plain_http) {
    return {ErrorKind::unreachable, "TLS: " + detail, ErrorDetail::tls};
  }
  const auto reason = detail.rfind(':');
  return {ErrorKind::unreachable,
          fmt::format("TLS: the response is not TLS ({})",
                      trim(std::string_view(detail).substr(reason + 1))),
          ErrorDetail::speaks_plain_http};
}

/// Alerts about a certificate that are sent by a server are of the client's.
Error describe_alert(std::string_view alert) {
  constexpr std::array k_of_certificates = {
      "bad certificate",     "unsupported certificate", "certificate revoked",
      "certificate expired", "certificate unknown",     "unknown ca",
      "access denied"};
  if (alert == "certificate required") {
    return {ErrorKind::unreachable,
            "TLS: the server requires a client certificate",
            ErrorDetail::certificate_wanted};
  }
  if (std::ranges::find(k_of_certificates, alert) != k_of_certificates.end()) {
    return {ErrorKind::unreachable,
            fmt::format("TLS: the server rejected the client "
                        "certificate ({})",
                        alert),
            ErrorDetail::certificate_refused};
  }
  return {ErrorKind::unreachable,
          fmt::format("TLS: the server refused the connection ({})", alert),
          ErrorDetail::tls};
}

/// Of a connection that broke: libcurl has no code of its own for a reset.
ErrorDetail detail_of_break(std::string_view reason) {
  const bool is_reset =
      reason.contains("reset by peer") || reason.contains("roken pipe");
  return is_reset ? ErrorDetail::reset : ErrorDetail::none;
}

/// `CONNECT tunnel failed, response 407`, in words that help.
std::string describe_tunnel(const std::string& reason, std::string_view proxy) {
  const std::string status = reason.substr(reason.rfind(' ') + 1);
  if (status != "407") {
    return fmt::format("returned {} to CONNECT", status);
  }
  if (proxy.contains('@')) {
    return "rejected the credentials in its URL (407)";
  }
  return "authentication required (407); set proxy-url or "
         "HTTPS_PROXY to http://user:password@host:port";
}

/// Whether the transfer did not get past its proxy: there is nothing else that
/// it connects to.
bool is_of_proxy(CURLcode code, std::string_view reason) {
  return code == CURLE_COULDNT_CONNECT || code == CURLE_PROXY ||
         code == CURLE_COULDNT_RESOLVE_PROXY ||
         code == CURLE_OPERATION_TIMEDOUT || reason.starts_with(k_no_tunnel);
}

/// libcurl does not say that it could not even make a socket.
bool has_no_file_left() {
  const Fd probe(::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0));
  return !probe && errno == EMFILE;
}

Error describe(const CurlFailure& failure, const std::string& reason) {
  const std::string_view alert = alert_in(failure.detail);
  if (!alert.empty()) {
    return describe_alert(alert);
  }
  switch (failure.code) {
    case CURLE_COULDNT_CONNECT:
      return {ErrorKind::unreachable,
              has_no_file_left() ? errno_text(EMFILE) : reason};
    case CURLE_OPERATION_TIMEDOUT:  // ours is the total, libcurl's the connect
      return {ErrorKind::unreachable,
              fmt::format("no connection within {}",
                          format_duration(failure.connect_timeout))};
    case CURLE_PROXY:
      return {ErrorKind::unreachable, detail_or_code(failure)};
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST:
      return {ErrorKind::unreachable, "could not resolve host"};
    case CURLE_PEER_FAILED_VERIFICATION:
      return {ErrorKind::untrusted,
              fmt::format("TLS: certificate verification failed ({})",
                          is_about_legacy_name(failure.detail)
                              ? k_legacy_name
                              : detail_or_code(failure)),
              ErrorDetail::tls};
    case CURLE_SSL_CONNECT_ERROR:
      return describe_handshake(failure);
    case CURLE_UNSUPPORTED_PROTOCOL:  // the answer has no status line
      return describe_no_http({});
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
      return {ErrorKind::config, "TLS: " + detail_or_code(failure),
              ErrorDetail::tls};
    case CURLE_PARTIAL_FILE:
      return {ErrorKind::malformed,
              "the connection was closed before the body was complete",
              ErrorDetail::body_cut};
    case CURLE_GOT_NOTHING:
      return {ErrorKind::network,
              "the connection was closed without a response",
              ErrorDetail::closed_unanswered};
    default:
      return {ErrorKind::network, reason, detail_of_break(reason)};
  }
}

bool is_of_tls(ErrorDetail detail) {
  return detail == ErrorDetail::tls ||
         detail == ErrorDetail::speaks_plain_http ||
         detail == ErrorDetail::certificate_refused ||
         detail == ErrorDetail::certificate_wanted;
}

}  // namespace

Error describe_curl_error(const CurlFailure& failure) {
  const std::string reason =
      failure.os_error != 0 ? errno_text(static_cast<int>(failure.os_error))
                            : detail_or_code(failure);
  Error error = describe(failure, reason);
  if (failure.was_in_proxys_tls && is_of_tls(error.detail)) {
    error.is_at_proxy = true;
    return error.with_context(name_of(failure.proxy));
  }
  if (failure.proxy.empty() || !is_of_proxy(failure.code, reason)) {
    return error;
  }
  if (reason.starts_with(k_no_tunnel)) {
    error.message = describe_tunnel(reason, failure.proxy);
  }
  error.kind = ErrorKind::unreachable;
  error.is_at_proxy = true;
  return error.with_context(name_of(failure.proxy));
}

}  // namespace kprofefe::http
