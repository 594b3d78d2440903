// SPDX-License-Identifier: MIT
#pragma once

#include "async/loop.hpp"
#include "server/serve.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace kprofefe::test {

/// A server on a free port of localhost, its loop on a thread of its own.
class Served {
 public:
  Served() {
    auto listener = server::Listener::open(loop_, {});
    if (!listener) {
      throw std::runtime_error(listener.error().message);
    }
    port_ = listener->port();
    authorities_ = listener->authorities();
    listener_.emplace(std::move(*listener));
  }

  explicit Served(server::Handler handler, server::ServeOptions options = {})
      : Served() {
    start(std::move(handler), std::move(options));
  }

  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;

  ~Served() { stop(); }

  void start(server::Handler handler, server::ServeOptions options = {}) {
    thread_ = std::jthread([this, handler = std::move(handler),
                            options = std::move(options)]() mutable {
      loop_.run(run(std::move(*listener_), std::move(handler),
                    std::move(options), stop_.get_token()));
    });
  }

  /// Requests a stop, and waits until the server has ended: how long.
  std::chrono::milliseconds stop() {
    const auto begin = std::chrono::steady_clock::now();
    stop_.request_stop();
    if (thread_.joinable()) {
      thread_.join();
    }
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - begin);
  }

  void request_stop() { stop_.request_stop(); }

  [[nodiscard]] std::uint16_t port() const { return port_; }

  [[nodiscard]] const std::vector<std::string>& authorities() const {
    return authorities_;
  }

 private:
  static async::Task<bool> run(server::Listener listener,
                               server::Handler handler,
                               server::ServeOptions options,
                               std::stop_token stop) {
    co_await server::serve(std::move(listener), std::move(handler),
                           std::move(options), std::move(stop));
    co_return true;
  }

  async::Loop loop_;
  std::stop_source stop_;
  std::optional<server::Listener> listener_;
  std::uint16_t port_ = 0;
  std::vector<std::string> authorities_;
  std::jthread thread_;
};

}  // namespace kprofefe::test
