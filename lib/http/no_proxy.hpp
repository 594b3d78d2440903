// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

namespace kprofefe::http {

/// Whether a request to `host` and `port` goes through the proxy where NO_PROXY
/// is `exceptions`: names with their subdomains (`.x.com`: these alone),
/// addresses, both also with a port, networks in CIDR notation, `*`. Never for
/// localhost and loopback addresses. What makes no sense is passed over
/// (golang.org/x/net/http/httpproxy).
bool uses_proxy(std::string_view exceptions, std::string_view host,
                std::uint16_t port);

}  // namespace kprofefe::http
