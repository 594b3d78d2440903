// SPDX-License-Identifier: MIT
#include "async/sleep.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace kprofefe::async {

Task<bool> sleep_for(std::chrono::milliseconds duration, std::stop_token stop) {
  const auto executor = co_await boost::asio::this_coro::executor;
  boost::asio::steady_timer timer(executor, duration);
  const std::stop_callback on_stop(stop, [&timer] { timer.cancel(); });
  if (stop.stop_requested()) {
    co_return false;
  }
  boost::system::error_code error;
  co_await timer.async_wait(
      boost::asio::redirect_error(boost::asio::use_awaitable, error));
  co_return !error;
}

}  // namespace kprofefe::async
