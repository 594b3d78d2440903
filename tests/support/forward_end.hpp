// SPDX-License-Identifier: MIT
#pragma once

#include "support/http_server.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kprofefe::test {

/// The API server's end of a port-forward (v4.channel.k8s.io over a WebSocket),
/// which can also say what no API server says.
class ForwardEnd {
 public:
  /// Answers 101 to `request`; `accept` in place of the right answer to its key
  /// when it is given, and `headers`, each with its line end.
  ForwardEnd(Connection& connection, const Received& request,
             std::optional<std::string> accept = std::nullopt,
             std::string_view headers = {});

  /// The port asked for, in `?ports=`.
  [[nodiscard]] std::uint16_t port() const { return port_; }

  /// Names the port on both channels.
  void greet();
  /// A whole message on a channel: 0 data, 1 errors.
  void send(int channel, std::string_view bytes);
  /// A frame with these first two bits and opcode, as RFC 6455 has it.
  void send_frame(int first_byte, std::string_view payload);

  /// Cuts the connection so that the client sees a reset.
  void reset() { connection_.close_with_reset(); }

  /// The next HTTP request that comes on the data channel; nothing when the
  /// client has closed. Pings and pongs on the way are counted; pings are
  /// answered.
  std::optional<std::string> read_request();

  /// Reads until so many pings have come; false when the client has closed
  /// before that.
  bool read_pings(int count);

  /// Reads until so many pongs have come; false when the client has closed
  /// before that.
  bool read_pongs(int count);

  /// Reads to the client's end: whether it said so with a close frame.
  bool read_close();

 private:
  struct Frame {
    int opcode = 0;
    std::string payload;
  };

  bool read_into_request();
  std::optional<Frame> read_frame();
  std::optional<std::string> read_exactly(std::size_t size);

  Connection& connection_;
  std::uint16_t port_ = 0;
  std::string came_;
  int pings_ = 0;
  int pongs_ = 0;
  bool is_closed_ = false;
};

/// `HTTP/1.1 200 OK` with the body and its length.
std::string http_answer(std::string_view body);

}  // namespace kprofefe::test
