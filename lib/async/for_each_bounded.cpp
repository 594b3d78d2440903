// SPDX-License-Identifier: MIT
#include "async/for_each_bounded.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <exception>

namespace kprofefe::async {
namespace {

/// What the workers share; lives in for_each_bounded's frame.
struct FanOut {
  std::size_t count;
  std::size_t next = 0;
  std::size_t workers = 0;
  std::function<Task<void>(std::size_t)>* job;
  boost::asio::steady_timer* all_ended;
  std::exception_ptr broken;
};

Task<void> work(FanOut* fan_out) {
  while (fan_out->next < fan_out->count) {
    co_await (*fan_out->job)(fan_out->next++);
  }
}

}  // namespace

Task<void> for_each_bounded(std::size_t count, std::size_t limit,
                            std::function<Task<void>(std::size_t)> job) {
  const auto executor = co_await boost::asio::this_coro::executor;
  // A timer that never fires is Boost.Asio's way to wait for an event.
  boost::asio::steady_timer all_ended(
      executor, boost::asio::steady_timer::time_point::max());
  FanOut fan_out{.count = count, .job = &job, .all_ended = &all_ended};
  fan_out.workers = std::min(count, std::max<std::size_t>(limit, 1));
  if (fan_out.workers == 0) {
    co_return;
  }
  const auto on_end = [&fan_out](const std::exception_ptr& broken) {
    if (broken) {
      fan_out.broken = broken;
    }
    if (--fan_out.workers == 0) {
      fan_out.all_ended->cancel();
    }
  };
  for (std::size_t i = 0, n = fan_out.workers; i < n; ++i) {
    boost::asio::co_spawn(executor, work(&fan_out), on_end);
  }
  boost::system::error_code cancelled;
  while (fan_out.workers > 0) {
    co_await all_ended.async_wait(
        boost::asio::redirect_error(boost::asio::use_awaitable, cancelled));
  }
  if (fan_out.broken) {
    std::rethrow_exception(fan_out.broken);
  }
}

}  // namespace kprofefe::async
