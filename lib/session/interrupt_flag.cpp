// SPDX-License-Identifier: MIT
#include "session/interrupt_flag.hpp"

#include <unistd.h>

#include <atomic>

namespace kprofefe {
namespace {

std::atomic<bool> g_is_set = false;

extern "C" void set_flag(int /*signal*/) {
  constexpr int k_interrupted = 130;
  if (g_is_set.exchange(true)) {
    ::_exit(k_interrupted);
  }
}

}  // namespace

InterruptFlag::InterruptFlag() {
  g_is_set = false;
  struct sigaction action{};
  action.sa_handler = set_flag;  // no SA_RESTART: a read that waits ends
  ::sigaction(SIGINT, &action, &before_);
}

InterruptFlag::~InterruptFlag() {
  ::sigaction(SIGINT, &before_, nullptr);
}

bool InterruptFlag::is_set() {
  return g_is_set;
}

void InterruptFlag::clear() {
  g_is_set = false;
}

}  // namespace kprofefe
