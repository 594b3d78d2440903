// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "http/message.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kprofefe::http {

/// Where the response to a request for `url` redirects to (301, 302, 303, 307,
/// 308 with a Location), as an absolute URL without a fragment. A Location
/// without a query keeps the one of `url`, as many routers drop it. Nothing
/// when the response is no redirect.
std::optional<std::string> redirect_target(const std::string& url,
                                           const Response& response);

/// The same if it stays on the scheme, host and port of `url`: another server
/// must not get what is meant for this one.
std::optional<std::string> redirect_within(const std::string& url,
                                           const Response& response);

/// The redirects that one request follows: those within its server, as many as
/// Go's http.Client, and none twice.
class RedirectChain {
 public:
  explicit RedirectChain(std::string url) : urls_{std::move(url)} {}

  /// The URL to ask next; nothing: `response` is no redirect. Errors:
  /// http_status, e.g. `redirects to http://a/login, a different server; ...`.
  Result<std::optional<std::string>> next(const Response& response);

 private:
  std::vector<std::string> urls_;  // the request's own first
};

}  // namespace kprofefe::http
