// SPDX-License-Identifier: MIT
#include "async/event.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace kprofefe::async {

void Event::set() {
  has_happened_ = true;
  if (timer_) {
    timer_->cancel();
  }
}

Task<void> Event::wait() {
  while (!has_happened_) {
    if (!timer_) {
      const auto executor = co_await boost::asio::this_coro::executor;
      timer_.emplace(executor, boost::asio::steady_timer::time_point::max());
      if (limit_) {
        timer_->expires_after(*limit_);
      }
    }
    boost::system::error_code cancelled;
    co_await timer_->async_wait(
        boost::asio::redirect_error(boost::asio::use_awaitable, cancelled));
    has_happened_ |= !cancelled;
  }
}

}  // namespace kprofefe::async
