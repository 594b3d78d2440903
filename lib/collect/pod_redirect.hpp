// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "collect/target.hpp"
#include "http/message.hpp"
#include "http/redirect.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kprofefe::collect {

/// The redirects that the request for one profile follows: within the scheme,
/// host and port of the target, which must outlive it.
class PodRedirects {
 public:
  PodRedirects(const Target& target, std::string_view path_and_query);

  /// Path and query to ask the target for next; nothing: `response` is no
  /// redirect. Errors: http_status, with where it leads, also for a path that
  /// is none of a pod's own.
  Result<std::optional<std::string>> next(const http::Response& response);

 private:
  const Target* target_;
  std::string url_;  // of the request itself
  http::RedirectChain chain_;
};

/// Makes the Location of a response that came through the API server's proxy
/// what the pod wrote: without `proxy_url`, the URL of the pod's root there.
/// One that leads off it stays as it is.
void unproxy_location(const std::string& proxy_url, http::Response& response);

}  // namespace kprofefe::collect
