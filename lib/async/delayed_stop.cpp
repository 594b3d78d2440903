// SPDX-License-Identifier: MIT
#include "async/delayed_stop.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <optional>
#include <utility>

namespace kprofefe::async {

struct DelayedStop::State : std::enable_shared_from_this<State> {
  State(boost::asio::io_context& context, std::chrono::milliseconds how_long)
      : timer(context), delay(how_long) {}

  void start() {
    timer.expires_after(delay);
    timer.async_wait(
        [self = weak_from_this()](const boost::system::error_code& error) {
          const auto state = self.lock();
          if (!error && state) {
            state->source.request_stop();
          }
        });
  }

  boost::asio::steady_timer timer;
  std::chrono::milliseconds delay;
  std::stop_source source;
  std::optional<std::stop_callback<std::function<void()>>> on_first;
};

DelayedStop::DelayedStop(Loop& loop, std::stop_token first,
                         std::chrono::milliseconds delay)
    : state_(std::make_shared<State>(loop.context(), delay)) {
  state_->on_first.emplace(std::move(first), [self = std::weak_ptr(state_),
                                              &context = loop.context()] {
    boost::asio::post(context, [self] {
      if (const auto state = self.lock()) {
        state->start();
      }
    });
  });
}

DelayedStop::~DelayedStop() {
  state_->on_first.reset();
}

std::stop_token DelayedStop::token() const {
  return state_->source.get_token();
}

}  // namespace kprofefe::async
