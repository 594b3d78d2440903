// SPDX-License-Identifier: MIT
#include "async/interrupt.hpp"
#include "async/loop.hpp"
#include "async/sleep.hpp"

#include <doctest/doctest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

namespace kprofefe::async {
namespace {

using namespace std::chrono_literals;

TEST_SUITE_BEGIN("async::Interrupt");

TEST_CASE("the first signal asks everybody to stop") {
  for (const int signal : {SIGINT, SIGTERM}) {
    CAPTURE(signal);
    Loop loop;
    const Interrupt interrupt(loop);
    CHECK_FALSE(interrupt.token().stop_requested());

    REQUIRE(::raise(signal) == 0);

    CHECK_FALSE(loop.run(sleep_for(10s, interrupt.token())));
    CHECK(interrupt.token().stop_requested());
  }
}

/// The exit code of a process that runs this; -1 when a signal ended it.
int exit_code_of(void (*program)()) {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    program();
    ::_exit(0);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

constexpr auto k_a_while = 500ms;

/// Told twice to end, it does not listen.
void run_deaf_program() {
  Loop loop;
  const Interrupt interrupt(loop);
  ::raise(SIGINT);
  static_cast<void>(loop.run(sleep_for(10s, interrupt.token())));
  static_cast<void>(loop.run(sleep_for(k_a_while, {})));
  ::raise(SIGINT);
  static_cast<void>(loop.run(sleep_for(10s, {})));
}

/// It is told while it prints, or computes.
void run_busy_program() {
  Loop loop;
  const Interrupt interrupt(loop);
  ::raise(SIGTERM);
  std::this_thread::sleep_for(k_a_while);
  ::raise(SIGTERM);
}

/// As timeout(1) does it; no other program runs between the two.
void run_program_told_twice_at_once() {
  Loop loop;
  const Interrupt interrupt(loop);
  sigset_t both;
  sigset_t before;
  ::sigemptyset(&both);
  ::sigaddset(&both, SIGINT);
  ::sigaddset(&both, SIGTERM);
  ::sigprocmask(SIG_BLOCK, &both, &before);
  ::raise(SIGINT);
  ::raise(SIGTERM);
  ::sigprocmask(SIG_SETMASK, &before, nullptr);
  static_cast<void>(loop.run(sleep_for(10s, interrupt.token())));
}

TEST_CASE("the second signal ends the process with 130") {
  CHECK(exit_code_of(run_deaf_program) == 130);
  CHECK(exit_code_of(run_busy_program) == 130);
}

TEST_CASE("two signals at the same moment are one") {
  CHECK(exit_code_of(run_program_told_twice_at_once) == 0);
}

}  // namespace
}  // namespace kprofefe::async
