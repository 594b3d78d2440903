// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace kprofefe::server {

struct ServeOptions {
  /// Content-Security-Policy of responses that have none of their own.
  std::string content_security_policy =
      "default-src 'none'; frame-ancestors 'none'";
  std::size_t max_header_bytes = std::size_t{16} << 10;  ///< then 431
  std::size_t max_body_bytes = std::size_t{1} << 20;     ///< then 413
  std::size_t max_connections = 256;  ///< further ones wait until one ends
  /// From the first byte of a request to the end of its header; the body has as
  /// long again. Then 408.
  std::chrono::milliseconds read_timeout{10'000};
  /// Between requests, and while a client takes nothing of a response.
  std::chrono::milliseconds idle_timeout{60'000};
  /// After a stop requests that are under way may be answered for so long.
  std::chrono::milliseconds grace{3'000};
};

}  // namespace kprofefe::server
