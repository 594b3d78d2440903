// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "http/websocket_frame.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kprofefe::kube {

/// The two channels of the one port that a port-forward has: the first byte of
/// every message of v4.channel.k8s.io.
enum class Channel : std::uint8_t { data = 0, error = 1 };

/// What a message brought, as far as it has come.
struct ChannelBytes {
  Channel channel = Channel::data;
  std::string_view bytes;  ///< as long as the frame piece
};

/// Reads the messages of a port-forward: on each channel the server first names
/// the port in two bytes, little endian, then come the bytes themselves.
class PortChannels {
 public:
  explicit PortChannels(std::uint16_t port) : port_(port) {}

  /// The bytes of a piece behind its channel and the greeting; may be none.
  /// Errors: malformed (a channel that there is not, another port's greeting,
  /// data before both greetings).
  Result<ChannelBytes> read(const http::FramePiece& piece);

  /// Both channels have named the port.
  [[nodiscard]] bool greeted() const {
    return greeting_[0].size() == k_greeting &&
           greeting_[1].size() == k_greeting;
  }

 private:
  static constexpr std::size_t k_greeting = 2;

  std::uint16_t port_;
  std::optional<Channel> channel_;  ///< of the message under way
  std::array<std::string, 2> greeting_;
};

}  // namespace kprofefe::kube
