// SPDX-License-Identifier: MIT
#pragma once

#include "base/fd.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace kprofefe::test {

/// A request as the server read it.
struct Received {
  std::string method;
  std::string target;  ///< path and query, as on the wire
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  /// The header's value; empty when it is absent.
  [[nodiscard]] std::string header(std::string_view name) const;
};

/// One accepted connection, in the hands of a handler that may answer well or
/// misbehave on purpose.
class Connection {
 public:
  explicit Connection(Fd socket) : socket_(std::move(socket)) {}

  /// A complete answer with Content-Length; the connection is kept.
  void reply(
      int status, std::string_view body,
      const std::vector<std::pair<std::string, std::string>>& headers = {});
  /// Bytes as they are. False when the peer has gone.
  bool send(std::string_view bytes);
  /// Closes in order; close_with_reset() makes the peer see a reset.
  void close();
  void close_with_reset();
  /// Sends nothing until the peer closes; false when `limit` passed first.
  bool wait_for_peer_to_close(std::chrono::milliseconds limit);

  [[nodiscard]] bool is_open() const { return static_cast<bool>(socket_); }

  [[nodiscard]] int fd() const { return socket_.get(); }

 private:
  Fd socket_;
};

/// A real HTTP/1.1 server on 127.0.0.1 (or another loopback address) and a
/// free port, a thread a connection. Handlers run on those threads.
class HttpServer {
 public:
  using Handler = std::function<void(Connection&, const Received&)>;

  explicit HttpServer(Handler handler, const char* address = "127.0.0.1",
                      std::uint16_t port = 0);
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  /// Stops accepting, cuts all connections, joins all threads.
  ~HttpServer();

  [[nodiscard]] std::uint16_t port() const { return port_; }

  /// `http://127.0.0.1:port`
  [[nodiscard]] std::string url() const;
  /// Every request so far, in the order they were read.
  [[nodiscard]] std::vector<Received> requests() const;

  /// How many connections have been accepted.
  [[nodiscard]] int connections() const { return connections_; }

 private:
  void accept_all();
  void serve(Fd socket);

  Handler handler_;
  std::string address_;
  Fd listener_;
  std::uint16_t port_ = 0;
  std::atomic<int> connections_ = 0;
  std::atomic<bool> stopping_ = false;
  mutable std::mutex mutex_;
  std::vector<Received> requests_;
  std::vector<int> open_;
  std::vector<std::jthread> threads_;
  std::jthread acceptor_;
};

/// A port of 127.0.0.1 on which nobody listens.
std::uint16_t closed_port();

}  // namespace kprofefe::test
