// SPDX-License-Identifier: MIT
#include "http/websocket_frame.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace kprofefe::http {
namespace {

constexpr std::uint8_t k_final_bit = 0x80;
constexpr std::uint8_t k_reserved_bits = 0x70;
constexpr std::uint8_t k_opcode_bits = 0x0F;
constexpr std::uint8_t k_mask_bit = 0x80;
constexpr std::uint8_t k_length_bits = 0x7F;
constexpr std::uint8_t k_length_in_2_bytes = 126;
constexpr std::uint8_t k_length_in_8_bytes = 127;
constexpr std::size_t k_short_head = 2;

bool is_control(Opcode opcode) {
  return opcode >= Opcode::close;
}

bool is_known(std::uint8_t code) {
  return code <= static_cast<std::uint8_t>(Opcode::binary) ||
         (code >= static_cast<std::uint8_t>(Opcode::close) &&
          code <= static_cast<std::uint8_t>(Opcode::pong));
}

std::unexpected<Error> broken(std::string_view what) {
  return fail(ErrorKind::malformed,
              fmt::format("WebSocket protocol error: {}", what));
}

void append_big_endian(std::string& out, std::uint64_t value,
                       std::size_t bytes) {
  for (std::size_t left = bytes; left > 0; --left) {
    out += static_cast<char>((value >> (8 * (left - 1))) & 0xFFU);
  }
}

}  // namespace

std::size_t FrameReader::head_size() const {
  if (head_bytes_ < k_short_head) {
    return k_short_head;
  }
  switch (head_[1] & k_length_bits) {
    case k_length_in_2_bytes:
      return k_short_head + 2;
    case k_length_in_8_bytes:
      return k_short_head + 8;
    default:
      return k_short_head;
  }
}

/// True when the head of the frame is complete.
bool FrameReader::take_head(std::string_view& input) {
  while (!input.empty() && head_bytes_ < head_size()) {
    head_[head_bytes_++] = static_cast<std::uint8_t>(input.front());
    input.remove_prefix(1);
  }
  return head_bytes_ == head_size();
}

Result<void> FrameReader::begin_frame() {
  const std::uint8_t code = head_[0] & k_opcode_bits;
  if ((head_[0] & k_reserved_bits) != 0 || !is_known(code)) {
    return broken("a frame of an extension that was not negotiated");
  }
  if ((head_[1] & k_mask_bit) != 0) {
    return broken("a server's frame is masked");
  }
  frame_ = static_cast<Opcode>(code);
  left_ = head_[1] & k_length_bits;
  if (head_bytes_ > k_short_head) {
    left_ = 0;
    for (std::size_t i = k_short_head; i < head_bytes_; ++i) {
      left_ = left_ << 8U | head_[i];
    }
  }
  if (left_ > k_max_frame_bytes) {
    return broken(fmt::format("a frame of {} bytes is too large", left_));
  }
  in_frame_ = true;
  return is_control(frame_) ? check_control_frame() : begin_data_frame();
}

Result<void> FrameReader::check_control_frame() const {
  if (!is_final() || left_ > k_max_control_payload) {
    return broken("a fragmented or oversized control frame");
  }
  return {};
}

Result<void> FrameReader::begin_data_frame() {
  const bool continues = frame_ == Opcode::continuation;
  if (continues != in_message_) {
    return broken(continues ? "a continuation without a message"
                            : "a message inside another");
  }
  if (!continues) {
    in_message_ = true;
    fresh_ = true;
    message_ = frame_;
  }
  return {};
}

/// Nothing when more input is needed. An empty frame is a piece only where it
/// ends its message.
std::optional<FramePiece> FrameReader::data_piece(std::string_view& input) {
  const auto size =
      static_cast<std::size_t>(std::min<std::uint64_t>(left_, input.size()));
  if (size == 0 && left_ > 0) {
    return std::nullopt;
  }
  FramePiece piece{.opcode = message_,
                   .payload = input.substr(0, size),
                   .begins_message = fresh_};
  input.remove_prefix(size);
  left_ -= size;
  fresh_ = false;
  if (left_ == 0) {
    in_frame_ = false;
    piece.ends_message = is_final();
    in_message_ = !piece.ends_message;
    head_bytes_ = 0;
  }
  return piece;
}

std::optional<FramePiece> FrameReader::control_piece(std::string_view& input) {
  const auto size =
      static_cast<std::size_t>(std::min<std::uint64_t>(left_, input.size()));
  std::ranges::copy(input.substr(0, size), control_.data() + control_bytes_);
  input.remove_prefix(size);
  control_bytes_ += size;
  left_ -= size;
  if (left_ > 0) {
    return std::nullopt;
  }
  in_frame_ = false;
  head_bytes_ = 0;
  return FramePiece{
      .opcode = frame_,
      .payload = {control_.data(), std::exchange(control_bytes_, 0)},
      .begins_message = true,
      .ends_message = true};
}

Result<std::optional<FramePiece>> FrameReader::next(std::string_view& input) {
  if (!in_frame_) {
    if (!take_head(input)) {
      return std::nullopt;
    }
    TRY(begin_frame());
  }
  return is_control(frame_) ? control_piece(input) : data_piece(input);
}

std::string client_frame(Opcode opcode, std::string_view payload,
                         std::array<std::uint8_t, 4> mask) {
  std::string frame;
  frame.reserve(payload.size() + 14);
  frame += static_cast<char>(k_final_bit | static_cast<std::uint8_t>(opcode));
  if (payload.size() < k_length_in_2_bytes) {
    frame += static_cast<char>(k_mask_bit | payload.size());
  } else if (payload.size() <= 0xFFFF) {
    frame += static_cast<char>(k_mask_bit | k_length_in_2_bytes);
    append_big_endian(frame, payload.size(), 2);
  } else {
    frame += static_cast<char>(k_mask_bit | k_length_in_8_bytes);
    append_big_endian(frame, payload.size(), 8);
  }
  frame.append(mask.begin(), mask.end());
  const std::size_t begin = frame.size();
  frame += payload;
  for (std::size_t i = 0; i < payload.size(); ++i) {
    char& byte = frame[begin + i];
    byte = static_cast<char>(static_cast<std::uint8_t>(byte) ^
                             mask[i % mask.size()]);
  }
  return frame;
}

}  // namespace kprofefe::http
