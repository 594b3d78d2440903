// SPDX-License-Identifier: MIT
#include "async/ticker.hpp"

#include <boost/asio/steady_timer.hpp>

#include <utility>

namespace kprofefe::async {

struct Ticker::State : std::enable_shared_from_this<State> {
  State(boost::asio::io_context& context, std::chrono::milliseconds every,
        std::function<void()> call)
      : timer(context), interval(every), tick(std::move(call)) {}

  void wait() {
    timer.expires_after(interval);
    timer.async_wait([weak = weak_from_this()](const auto& error) {
      const auto self = weak.lock();
      if (!error && self) {
        self->tick();
        self->wait();
      }
    });
  }

  boost::asio::steady_timer timer;
  std::chrono::milliseconds interval;
  std::function<void()> tick;
};

Ticker::Ticker(Loop& loop, std::chrono::milliseconds interval,
               std::function<void()> tick)
    : state_(
          std::make_shared<State>(loop.context(), interval, std::move(tick))) {
  state_->wait();
}

// What is pending holds the state weakly.
Ticker::~Ticker() = default;

}  // namespace kprofefe::async
