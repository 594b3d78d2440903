// SPDX-License-Identifier: MIT
#include "http/curl_error.hpp"

#include "base/file.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <string>

namespace kprofefe::http {
namespace {

std::string detail_or_code(CURLcode code, const char* detail) {
  return *detail != 0 ? one_line(detail) : curl_easy_strerror(code);
}

}  // namespace

Error describe_curl_error(CURLcode code, const char* detail, long os_error) {
  const std::string reason = os_error != 0
                                 ? errno_text(static_cast<int>(os_error))
                                 : detail_or_code(code, detail);
  switch (code) {
    case CURLE_COULDNT_CONNECT:
      return {ErrorKind::unreachable, reason};
    case CURLE_OPERATION_TIMEDOUT:  // ours is the total, libcurl's the connect
      return {ErrorKind::unreachable, "no connection within the time allowed"};
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return {ErrorKind::unreachable, "the name cannot be resolved"};
    case CURLE_PEER_FAILED_VERIFICATION:
      return {ErrorKind::unreachable,
              fmt::format("TLS: the certificate cannot be verified ({})",
                          detail_or_code(code, detail))};
    case CURLE_SSL_CONNECT_ERROR:
      return {ErrorKind::unreachable, "TLS: " + detail_or_code(code, detail)};
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
      return {ErrorKind::config, "TLS: " + detail_or_code(code, detail)};
    case CURLE_PARTIAL_FILE:
      return {ErrorKind::malformed,
              "the connection ended before the body was complete"};
    case CURLE_GOT_NOTHING:
      return {ErrorKind::network,
              "the connection was closed without an answer"};
    default:
      return {ErrorKind::network, reason};
  }
}

}  // namespace kprofefe::http
