// SPDX-License-Identifier: MIT
#include "async/interrupt.hpp"

#include <boost/asio/signal_set.hpp>

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdint>
#include <ctime>

namespace kprofefe::async {
namespace {

/// timeout(1) signals its child and then its group, in which the child is too:
/// what comes so soon after the first is the first again.
constexpr std::int64_t k_same_signal_ms = 300;

/// Boost.Asio's handler, which wakes its loop.
void (*g_wake_loop)(int) = nullptr;

/// When the first signal came, in milliseconds of a clock; 0: not yet.
std::atomic<std::int64_t> g_first_ms = 0;

/// Of what a signal handler may call.
std::int64_t now_ms() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

/// Here and not in the loop, which nobody runs while results are printed to
/// somebody who does not read.
extern "C" void handle_signal(int signal) {
  constexpr int k_interrupted = 130;
  if (g_first_ms == 0) {
    g_first_ms = now_ms();
    g_wake_loop(signal);
  } else if (now_ms() - g_first_ms >= k_same_signal_ms) {
    ::_exit(k_interrupted);
  }
}

/// Boost.Asio puts back the default when the last of its signal sets is gone.
void step_before_asio(int signal) {
  struct sigaction action{};
  ::sigaction(signal, nullptr, &action);
  if (action.sa_handler == handle_signal) {
    return;  // for another Interrupt
  }
  g_wake_loop = action.sa_handler;
  g_first_ms = 0;
  action.sa_handler = handle_signal;
  ::sigaction(signal, &action, nullptr);
}

}  // namespace

struct Interrupt::State : std::enable_shared_from_this<State> {
  explicit State(boost::asio::io_context& context)
      : signals(context, SIGINT, SIGTERM) {
    step_before_asio(SIGINT);
    step_before_asio(SIGTERM);
  }

  void wait() {
    signals.async_wait(
        [self = weak_from_this()](const boost::system::error_code& error,
                                  int /*signal*/) {
          const auto state = self.lock();
          if (!error && state) {
            state->source.request_stop();
          }
        });
  }

  boost::asio::signal_set signals;
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
