// SPDX-License-Identifier: MIT
#pragma once

#include "server/message.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kprofefe::server {

/// What a request asks for.
struct RequestTarget {
  std::string path;
  std::string raw_query;
  Parameters query;
};

/// Reads an origin-form (RFC 9112, 3.2.1), as in `/a%20b?c=d+e`. Nothing when
/// it is none, has a `%` without two hex digits, is no UTF-8 when decoded, or
/// when its path has an empty segment before the last, `.`, `..`, a backslash
/// or a control character, encoded or not.
std::optional<RequestTarget> parse_request_target(std::string_view text);

}  // namespace kprofefe::server
