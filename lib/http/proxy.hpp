// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"
#include "http/url.hpp"

#include <string>
#include <string_view>

namespace kprofefe::http {

/// A proxy's URL as Request::proxy wants it, `scheme://[user:pass@]host:port`,
/// from one of http, https, socks5 or socks5h; the port of the scheme when
/// there is none. As with Go, names are resolved by a SOCKS proxy. Errors:
/// usage; the message never holds user or password.
Result<std::string> parse_proxy_url(std::string_view text);

/// The proxy that the environment names for `url`, by the rules of Go's
/// net/http (golang.org/x/net/http/httpproxy): HTTPS_PROXY or HTTP_PROXY by the
/// scheme, unless NO_PROXY names the host; the lower case spelling where the
/// other is empty; never for localhost and loopback addresses. Empty: none.
/// Errors: as parse_proxy_url(), with the variable's name.
Result<std::string> proxy_from_environment(const Env& env, const Url& url);

}  // namespace kprofefe::http
