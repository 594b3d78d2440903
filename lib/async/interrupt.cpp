// SPDX-License-Identifier: MIT
#include "async/interrupt.hpp"

#include <asio/signal_set.hpp>

#include <unistd.h>

#include <csignal>

namespace kprofefe::async {

struct Interrupt::State : std::enable_shared_from_this<State> {
  explicit State(asio::io_context& context)
      : signals(context, SIGINT, SIGTERM) {}

  void wait() {
    signals.async_wait([self = weak_from_this()](const asio::error_code& error,
                                                 int /*signal*/) {
      const auto state = self.lock();
      if (error || !state) {
        return;
      }
      if (state->source.stop_requested()) {
        constexpr int k_interrupted = 130;
        ::_exit(k_interrupted);
      }
      state->wait();
      state->source.request_stop();
    });
  }

  asio::signal_set signals;
  std::stop_source source;
};

Interrupt::Interrupt(Loop& loop)
    : state_(std::make_shared<State>(loop.context())) {
  state_->wait();
}

Interrupt::~Interrupt() = default;

std::stop_token Interrupt::token() const {
  return state_->source.get_token();
}

}  // namespace kprofefe::async
