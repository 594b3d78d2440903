// SPDX-License-Identifier: MIT
#pragma once

#include "http/message.hpp"

#include <string_view>
#include <vector>

namespace kprofefe::server {

/// The values of all cookies of that name, in all headers Cookie (RFC 6265,
/// 5.4). There may be several: another program on the host may have set one,
/// as cookies do not know ports. Views into `headers`.
std::vector<std::string_view> cookie_values(const http::Headers& headers,
                                            std::string_view name);

}  // namespace kprofefe::server
