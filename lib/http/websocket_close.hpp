// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kprofefe::http {

/// What a peer says when it closes a WebSocket (RFC 6455, 5.5.1 and 7.4).
struct CloseFrame {
  static constexpr std::uint16_t k_normal_closure = 1000;
  static constexpr std::uint16_t k_no_code = 1005;

  std::uint16_t code = k_no_code;  ///< k_no_code: it sent none
  std::string reason;              ///< as it came; may be empty

  /// A closure that needs no explanation.
  [[nodiscard]] bool is_ordinary() const {
    return reason.empty() && (code == k_normal_closure || code == k_no_code);
  }

  /// `"idle timeout exceeded" (1001, going away)`, fit for a message.
  [[nodiscard]] std::string text() const;
};

/// Reads the payload of a close frame.
CloseFrame read_close_frame(std::string_view payload);

}  // namespace kprofefe::http
