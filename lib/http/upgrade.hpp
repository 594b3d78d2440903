// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "http/message.hpp"
#include "http/url.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace kprofefe::http {

inline constexpr int k_switching_protocols = 101;

/// The request line and headers that ask a server to go on as a WebSocket
/// (RFC 6455, 4.1).
struct UpgradeRequest {
  std::string text;
  std::string accept;  ///< what Sec-WebSocket-Accept of the answer must be
};

/// `request` has the URL and further headers; `subprotocol` is the only one
/// offered. Errors: usage (URL).
Result<UpgradeRequest> make_upgrade(const Request& request,
                                    std::string_view subprotocol,
                                    std::string_view user_agent);

/// The head of an answer, without its body.
struct ResponseHead {
  int status = 0;
  Headers headers;
  /// Bytes up to the body: with the empty line, and with the interim answers
  /// before the head.
  std::size_t size = 0;
};

/// The head of the final answer: any number of interim ones (RFC 9110, 15.2),
/// which are 1xx but not 101, may come before it and are passed over. Nothing
/// while `bytes` do not hold all of it yet. Errors: malformed (not HTTP/1.x, or
/// more than 64 KiB without an end).
Result<std::optional<ResponseHead>> read_response_head(std::string_view bytes);

/// The body in `bytes`, which follow the head, as far as it came: chunks are
/// put together.
std::string decode_body(const ResponseHead& head, std::string_view bytes);

/// Whether `bytes` hold all of the body that the head announces; never, when
/// only the end of the connection ends it.
bool is_whole_body(const ResponseHead& head, std::string_view bytes);

/// Whether the server agreed to what was asked. Errors: malformed, when it says
/// 101 and means something else.
Result<void> check_upgrade(const ResponseHead& head,
                           const UpgradeRequest& asked,
                           std::string_view subprotocol);

}  // namespace kprofefe::http
