// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>

#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

namespace kprofefe::async {

/// The event loop: sockets, timers and signals of one thread. Everything that
/// is built on a loop must be destroyed before it.
class Loop {
 public:
  // One thread: asio needs no locks.
  Loop() : context_(1) {}

  /// Runs the loop until `task` has ended; what it yielded.
  template <typename T>
  T run(Task<T> task) {
    std::optional<T> result;
    asio::co_spawn(context_, std::move(task),
                   [&](const std::exception_ptr& broken, T value) {
                     if (broken) {
                       std::rethrow_exception(broken);
                     }
                     result.emplace(std::move(value));
                     context_.stop();
                   });
    context_.restart();
    context_.run();
    if (!result) {
      throw std::logic_error("the loop ran dry before its task ended");
    }
    return std::move(*result);
  }

  asio::io_context& context() { return context_; }

 private:
  asio::io_context context_;
};

}  // namespace kprofefe::async
