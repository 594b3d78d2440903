// SPDX-License-Identifier: MIT
#include "async/watchdog.hpp"

#include "base/duration.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>

#include <optional>
#include <utility>

namespace kprofefe::async {

struct Watchdog::State {
  State(const boost::asio::any_io_executor& executor,
        std::function<void()> call)
      : timer(executor), end(std::move(call)) {}

  void bark(Error why) {
    if (end) {
      reason = std::move(why);
      timer.cancel();
      std::exchange(end, nullptr)();
    }
  }

  boost::asio::steady_timer timer;
  std::function<void()> end;  ///< empty when it was called or is disarmed
  std::optional<Error> reason;
  std::optional<std::stop_callback<std::function<void()>>> on_stop;
};

Watchdog::Watchdog(const boost::asio::any_io_executor& executor,
                   std::chrono::milliseconds limit, const std::stop_token& stop,
                   std::function<void()> end)
    : state_(std::make_shared<State>(executor, std::move(end))) {
  const std::weak_ptr<State> weak = state_;
  state_->timer.expires_after(limit);
  state_->timer.async_wait([weak,
                            limit](const boost::system::error_code& error) {
    const auto state = weak.lock();
    if (!error && state) {
      state->bark({ErrorKind::timeout,
                   fmt::format("timed out after {}", format_duration(limit))});
    }
  });
  // From the loop, never from inside of request_stop().
  state_->on_stop.emplace(stop, [weak, executor] {
    boost::asio::post(executor, [weak] {
      if (const auto state = weak.lock()) {
        state->bark({ErrorKind::cancelled, "interrupted"});
      }
    });
  });
}

// What is pending holds the state weakly: the timer ends with it.
Watchdog::~Watchdog() {
  state_->end = nullptr;
  state_->on_stop.reset();
}

Error Watchdog::explain(Error failure) const {
  return state_->reason ? *state_->reason : std::move(failure);
}

}  // namespace kprofefe::async
