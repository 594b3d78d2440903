// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "http/message.hpp"
#include "http/url.hpp"

#include <cstddef>
#include <memory>
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
/// offered. Errors: usage (URL), io (no random numbers).
Result<UpgradeRequest> make_upgrade(const Request& request,
                                    std::string_view subprotocol,
                                    std::string_view user_agent);

/// The head of an answer, without its body.
struct ResponseHead {
  int status = 0;
  Headers headers;
};

/// Reads what a server answers to the request, however it is cut into reads.
/// Any number of interim answers (RFC 9110, 15.2), which are 1xx but not 101,
/// may come first and are passed over.
class AnswerReader {
 public:
  AnswerReader();
  AnswerReader(const AnswerReader&) = delete;
  AnswerReader& operator=(const AnswerReader&) = delete;
  ~AnswerReader();

  /// Takes what came next. Errors: malformed (not HTTP/1.x, more than 64 KiB
  /// without the end of a final head, no chunks where the head promises them);
  /// the reader is then of no more use, save for what it has.
  Result<void> add(std::string_view bytes);

  /// Nothing while it is not whole.
  [[nodiscard]] const std::optional<ResponseHead>& head() const {
    return head_;
  }

  /// The body, as far as it came.
  [[nodiscard]] std::string_view body() const;

  /// Whether that is all of it; never, when only the end of the connection ends
  /// it.
  [[nodiscard]] bool is_whole() const;

  /// What the server sent behind an answer that is whole.
  [[nodiscard]] std::string_view rest() const { return unread_; }

 private:
  struct Parser;

  Result<bool> step();
  void take_head();

  std::unique_ptr<Parser> parser_;
  std::string unread_;
  std::size_t interim_bytes_ = 0;
  std::optional<ResponseHead> head_;
};

/// Whether the server agreed to what was asked. Errors: malformed, when it says
/// 101 and means something else.
Result<void> check_upgrade(const ResponseHead& head,
                           const UpgradeRequest& asked,
                           std::string_view subprotocol);

}  // namespace kprofefe::http
