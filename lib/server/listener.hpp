// SPDX-License-Identifier: MIT
#pragma once

#include "async/loop.hpp"
#include "base/result.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::server {

struct ListenAddress {
  /// `localhost` (127.0.0.1 and ::1, as far as the host has them) or an IP
  /// address without brackets.
  std::string host = "localhost";
  std::uint16_t port = 0;     ///< 0: one that is free
  bool allow_remote = false;  ///< also addresses that other hosts can reach
};

/// Reads `localhost:8080`, `:8080` (localhost, too), `127.0.0.1:0` or
/// `[::1]:0`. Errors: usage.
Result<ListenAddress> parse_listen_address(std::string_view text);

/// Sockets on which connections arrive; until serve() runs they wait.
class Listener {
 public:
  /// Errors: usage (no such address, or not of loopback), io.
  static Result<Listener> open(async::Loop& loop, const ListenAddress& address);

  [[nodiscard]] std::uint16_t port() const;

  /// What the header Host says in requests to us: `localhost:8080`,
  /// `127.0.0.1:8080`, `[::1]:8080`. The first one is for people.
  [[nodiscard]] std::vector<std::string> authorities() const;

  std::vector<boost::asio::ip::tcp::acceptor>& acceptors() {
    return acceptors_;
  }

  [[nodiscard]] async::Loop& loop() const { return *loop_; }

 private:
  Listener(async::Loop& loop, std::string host);

  async::Loop* loop_;
  std::string host_;
  std::vector<boost::asio::ip::tcp::acceptor> acceptors_;
};

}  // namespace kprofefe::server
