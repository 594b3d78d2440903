// SPDX-License-Identifier: MIT
#pragma once

#include "server/message.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace kprofefe::server {

/// What a response says of its connection.
enum class Persistence : std::uint8_t {
  keep,         ///< HTTP/1.1's default, said by nothing
  keep_by_1_0,  ///< which HTTP/1.0 wants to be told
  close,
};

/// Adds the headers that keep a browser from using a response for anything but
/// what it is for, each unless the response has its own.
void add_security_headers(Response& response,
                          std::string_view content_security_policy);

/// The status line and the headers, to the empty line. A control character in
/// a header becomes a blank: nothing splits a response.
std::string response_head(const Response& response, Persistence persistence);

}  // namespace kprofefe::server
