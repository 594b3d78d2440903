// SPDX-License-Identifier: MIT
#include "support/forward_end.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <sys/socket.h>

#include <array>
#include <charconv>

namespace kprofefe::test {
namespace {

constexpr int k_close = 8;
constexpr int k_ping = 9;
constexpr int k_pong = 10;
constexpr int k_final = 0x80;
constexpr int k_final_binary = 0x82;

std::string accept_of(const std::string& key) {
  const std::string text = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(),
             nullptr);
  std::array<unsigned char, 64> base64{};
  const int length =
      EVP_EncodeBlock(base64.data(), digest.data(), static_cast<int>(size));
  return {base64.begin(), base64.begin() + length};
}

}  // namespace

ForwardEnd::ForwardEnd(Connection& connection, const Received& request,
                       std::optional<std::string> accept,
                       std::string_view headers)
    : connection_(connection) {
  const std::string key = request.header("Sec-WebSocket-Key");
  connection_.send(
      fmt::format("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                  "Connection: Upgrade\r\nSec-WebSocket-Accept: {}\r\n"
                  "Sec-WebSocket-Protocol: {}\r\n{}\r\n",
                  accept.value_or(accept_of(key)),
                  request.header("Sec-WebSocket-Protocol"), headers));
  const auto at = request.target.find("ports=");
  const std::string digits =
      at == std::string::npos ? "" : request.target.substr(at + 6);
  std::from_chars(digits.data(), digits.data() + digits.size(), port_);
}

void ForwardEnd::greet() {
  const std::string name = {static_cast<char>(port_ & 0xFF),
                            static_cast<char>(port_ >> 8)};
  send(0, name);
  send(1, name);
}

void ForwardEnd::send(int channel, std::string_view bytes) {
  send_frame(k_final_binary,
             std::string(1, static_cast<char>(channel)) + std::string(bytes));
}

void ForwardEnd::send_frame(int first_byte, std::string_view payload) {
  std::string frame(1, static_cast<char>(first_byte));
  const std::size_t size = payload.size();
  if (size < 126) {
    frame += static_cast<char>(size);
  } else if (size < 65536) {
    frame += {126, static_cast<char>(size >> 8), static_cast<char>(size)};
  } else {
    frame += 127;
    for (int shift = 56; shift >= 0; shift -= 8) {
      frame += static_cast<char>(size >> shift);
    }
  }
  connection_.send(frame + std::string(payload));
}

std::optional<std::string> ForwardEnd::read_exactly(std::size_t size) {
  std::string bytes(size, '\0');
  const ssize_t got = ::recv(connection_.fd(), bytes.data(), size, MSG_WAITALL);
  if (got != static_cast<ssize_t>(size)) {
    return std::nullopt;
  }
  return bytes;
}

/// A client's frame, which is always masked; ours are never long.
std::optional<ForwardEnd::Frame> ForwardEnd::read_frame() {
  const auto head = read_exactly(2);
  if (!head) {
    return std::nullopt;
  }
  std::size_t size = static_cast<unsigned char>((*head)[1]) & 0x7FU;
  if (size == 126) {
    const auto length = read_exactly(2);
    if (!length) {
      return std::nullopt;
    }
    size = static_cast<std::size_t>(static_cast<unsigned char>((*length)[0]))
               << 8U |
           static_cast<unsigned char>((*length)[1]);
  }
  const auto mask = read_exactly(4);
  auto payload = size > 0 ? read_exactly(size) : std::string();
  if (!mask || !payload) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < size; ++i) {
    (*payload)[i] = static_cast<char>((*payload)[i] ^ (*mask)[i % 4]);
  }
  return Frame{(*head)[0] & 0x0F, *std::move(payload)};
}

bool ForwardEnd::read_into_request() {
  const std::optional<Frame> frame = read_frame();
  is_closed_ = frame && frame->opcode == k_close;
  if (!frame || is_closed_) {
    return false;
  }
  if (frame->opcode == k_pong) {
    ++pongs_;
  } else if (frame->opcode == k_ping) {
    ++pings_;
    send_frame(k_final | k_pong, frame->payload);
  } else if (!frame->payload.empty()) {
    came_ += frame->payload.substr(1);
  }
  return true;
}

std::optional<std::string> ForwardEnd::read_request() {
  constexpr std::string_view k_end = "\r\n\r\n";
  std::size_t end = 0;
  while ((end = came_.find(k_end)) == std::string::npos) {
    if (!read_into_request()) {
      return std::nullopt;
    }
  }
  const std::string request = came_.substr(0, end + k_end.size());
  came_.erase(0, request.size());
  return request;
}

bool ForwardEnd::read_pings(int count) {
  while (pings_ < count) {
    if (!read_into_request()) {
      return false;
    }
  }
  return true;
}

bool ForwardEnd::read_close() {
  while (read_into_request()) {
  }
  return is_closed_;
}

bool ForwardEnd::read_pongs(int count) {
  while (pongs_ < count) {
    if (!read_into_request()) {
      return false;
    }
  }
  return true;
}

std::string http_answer(std::string_view body) {
  return fmt::format("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{}",
                     body.size(), body);
}

}  // namespace kprofefe::test
