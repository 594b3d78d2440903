// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kprofefe::http {

/// What a WebSocket frame is (RFC 6455, 5.2).
enum class Opcode : std::uint8_t {
  continuation = 0x0,
  text = 0x1,
  binary = 0x2,
  close = 0x8,
  ping = 0x9,
  pong = 0xA,
};

/// A part of a message as it comes off the wire: as much of its payload as
/// is there, so that a large frame costs no memory. Control frames (close,
/// ping, pong) come whole.
struct FramePiece {
  Opcode opcode = Opcode::binary;  ///< of the message; never continuation
  std::string_view payload;  ///< in the input, or in the reader until its next
  bool begins_message = false;
  bool ends_message = false;
};

/// Reads the frames of a server, however they are cut into reads. A message in
/// fragments comes as the pieces of one message.
class FrameReader {
 public:
  /// A longer frame is no frame of a server that we talk to.
  static constexpr std::uint64_t k_max_frame_bytes = std::uint64_t{16} << 20;

  /// The next piece of `input`, which loses what was read; nothing when
  /// `input` is spent. Errors: malformed (masked or reserved bits, unknown
  /// opcodes, a frame too long, fragments out of order); the reader is then
  /// of no more use.
  Result<std::optional<FramePiece>> next(std::string_view& input);

 private:
  /// 2 bytes, and up to 8 more of an extended length.
  static constexpr std::size_t k_max_head = 10;
  static constexpr std::size_t k_max_control_payload = 125;

  [[nodiscard]] std::size_t head_size() const;
  bool take_head(std::string_view& input);
  Result<void> begin_frame();
  Result<void> begin_data_frame();
  [[nodiscard]] Result<void> check_control_frame() const;
  std::optional<FramePiece> data_piece(std::string_view& input);
  std::optional<FramePiece> control_piece(std::string_view& input);

  [[nodiscard]] bool is_final() const { return (head_[0] & 0x80U) != 0; }

  std::array<std::uint8_t, k_max_head> head_{};
  std::size_t head_bytes_ = 0;
  bool in_frame_ = false;
  Opcode frame_ = Opcode::binary;  ///< as the frame itself says
  std::uint64_t left_ = 0;         ///< payload of the frame still to come

  bool in_message_ = false;  ///< a data message has begun and not ended
  bool fresh_ = false;       ///< no piece of it was handed out yet
  Opcode message_ = Opcode::binary;

  std::array<char, k_max_control_payload> control_{};
  std::size_t control_bytes_ = 0;
};

/// A whole message in one masked frame, as a client must send it. `mask` is
/// fresh from the system's random numbers for every frame (RFC 6455, 10.3).
std::string client_frame(Opcode opcode, std::string_view payload,
                         std::array<std::uint8_t, 4> mask);

}  // namespace kprofefe::http
