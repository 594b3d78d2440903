// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <curl/curl.h>

#include <chrono>
#include <string_view>

namespace kprofefe::http {

/// A transfer that failed, as libcurl knows it.
struct CurlFailure {
  CURLcode code = CURLE_OK;
  const char* detail = "";  ///< what libcurl left in its error buffer
  long os_error = 0;        ///< the errno of a failed connect; 0: none
  std::string_view proxy;   ///< URL of what it went by; empty: directly
  std::chrono::milliseconds connect_timeout{};
  bool was_in_proxys_tls = false;  ///< did not get beyond the proxy's TLS
};

/// The same as our Error. A proxy is named, without its credentials, if it is
/// to blame.
Error describe_curl_error(const CurlFailure& failure);

}  // namespace kprofefe::http
