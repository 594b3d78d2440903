// SPDX-License-Identifier: MIT
#include "kube/forward/port_channel.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kprofefe::kube {
namespace {

std::unexpected<Error> not_spoken(std::string_view what) {
  return fail(ErrorKind::malformed,
              fmt::format("port-forward protocol error: {}", what));
}

}  // namespace

Result<ChannelBytes> PortChannels::read(const http::FramePiece& piece) {
  std::string_view bytes = piece.payload;
  if (piece.begins_message) {
    channel_.reset();
  }
  if (!channel_) {
    if (bytes.empty()) {
      return ChannelBytes{};
    }
    const auto number = static_cast<std::uint8_t>(bytes.front());
    if (number > static_cast<std::uint8_t>(Channel::error)) {
      return not_spoken(fmt::format("unknown channel {}", number));
    }
    channel_ = static_cast<Channel>(number);
    bytes.remove_prefix(1);
  }
  std::string& greeting = greeting_[static_cast<std::size_t>(*channel_)];
  const std::size_t missing =
      std::min(k_greeting - greeting.size(), bytes.size());
  if (missing > 0) {
    greeting += bytes.substr(0, missing);
    bytes.remove_prefix(missing);
    if (greeting.size() == k_greeting) {
      const unsigned named =
          static_cast<std::uint8_t>(greeting[0]) |
          static_cast<unsigned>(static_cast<std::uint8_t>(greeting[1])) << 8U;
      if (named != port_) {
        return not_spoken(
            fmt::format("got port {} instead of {}", named, port_));
      }
    }
  }
  return ChannelBytes{.channel = *channel_, .bytes = bytes};
}

}  // namespace kprofefe::kube
