// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

namespace kprofefe::async {

/// The event loop: sockets, timers and signals of one thread. Everything that
/// is built on a loop must be destroyed before it.
class Loop {
 public:
  // One thread: Boost.Asio needs no locks.
  Loop() : context_(1) {}

  /// Runs the loop until `task` has ended; what it yielded.
  template <typename T>
  T run(Task<T> task) {
    std::optional<T> result;
    boost::asio::co_spawn(context_, std::move(task),
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
      throw std::logic_error(
          "the event loop ran out of work before its task ended");
    }
    return std::move(*result);
  }

  boost::asio::io_context& context() { return context_; }

 private:
  boost::asio::io_context context_;
};

}  // namespace kprofefe::async
