// SPDX-License-Identifier: MIT
#include "async/sleep.hpp"

#include <asio/post.hpp>
#include <asio/redirect_error.hpp>
#include <asio/steady_timer.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

namespace kprofefe::async {

Task<bool> sleep_for(std::chrono::milliseconds duration, std::stop_token stop) {
  const auto executor = co_await asio::this_coro::executor;
  asio::steady_timer timer(executor, duration);
  const std::stop_callback on_stop(stop, [&timer] { timer.cancel(); });
  if (stop.stop_requested()) {
    co_return false;
  }
  asio::error_code error;
  co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, error));
  co_return !error;
}

}  // namespace kprofefe::async
