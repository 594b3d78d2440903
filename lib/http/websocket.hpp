// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "base/result.hpp"
#include "http/client.hpp"
#include "http/message.hpp"
#include "http/stream.hpp"
#include "http/websocket_close.hpp"
#include "http/websocket_frame.hpp"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

// Why not libcurl's own, or Boost.Beast's. libcurl 8.14 refuses its
// CONNECT_ONLY WebSockets the body of an answer that is not 101, which is where
// an API server says why. Beast's client needs a socket of its own: it would
// connect, look for proxies and speak TLS another way than every other request.
// Measured beside it over loopback, frames of 16 KiB: receiving costs 0.03 CPU
// seconds of user time a GiB here and 0.08 there, as pieces are handed out of
// the buffer that was read; the code 0.1 MB and 0.5 MB.

namespace kprofefe::http {

/// A WebSocket, the client's side of it (RFC 6455). One task may receive while
/// others send. Pings are answered while somebody receives.
class WebSocket {
 public:
  /// The socket, or the server's response if it refused.
  using Opened = std::variant<std::shared_ptr<WebSocket>, Response>;

  /// Connects to `request.url` (http or https) with its headers, TLS and proxy
  /// settings, within `request.connect_timeout`, and asks for a WebSocket of
  /// that `subprotocol`, within `request.timeout`. Errors: as of
  /// Client::connect(), timeout, malformed.
  static async::Task<Result<Opened>> open(Client* client, Request request,
                                          std::string subprotocol);

  /// A WebSocket over `stream`, on which the server has already sent `early`
  /// behind the `headers` of its agreement.
  WebSocket(Stream stream, std::string_view early, Headers headers = {});

  /// With which the server agreed.
  [[nodiscard]] const Headers& headers() const { return headers_; }

  /// Waits for a piece of a message; its bytes are valid until the next call.
  /// Nothing: the server has closed in order, see close_frame(). Errors:
  /// network (the connection ended otherwise), malformed, cancelled (after
  /// close()).
  async::Task<Result<std::optional<FramePiece>>> receive();

  /// The server's close frame, after receive() has seen it.
  [[nodiscard]] const CloseFrame& close_frame() const { return close_frame_; }

  /// Sends `payload` as one binary message. Errors: network, cancelled.
  async::Task<Result<void>> send(std::string_view payload);

  /// Shows the server, and whoever stands between, that we are still there:
  /// sends a ping, unless something else is on its way already. Errors: as
  /// send().
  async::Task<Result<void>> ping();

  /// Sends a close frame, if possible.
  async::Task<void> say_goodbye();

  /// Closes the connection at once; who waits for it ends with cancelled.
  void close() { stream_.close(); }

 private:
  async::Task<Result<void>> send_frame(Opcode opcode, std::string_view payload);
  async::Task<Result<FramePiece>> next_piece();
  async::Task<Result<bool>> fill();

  static constexpr std::size_t k_buffer_size = std::size_t{16} << 10;
  /// Pongs for a server that sends pings and does not read.
  static constexpr std::size_t k_max_waiting = std::size_t{64} << 10;

  Stream stream_;
  Headers headers_;
  FrameReader reader_;
  std::string buffer_;
  std::string_view unread_;  ///< of buffer_
  CloseFrame close_frame_;
  std::string outgoing_;
  bool writing_ = false;
};

}  // namespace kprofefe::http
