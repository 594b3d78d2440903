// SPDX-License-Identifier: MIT
#include "async/interrupt.hpp"
#include "async/loop.hpp"
#include "async/sleep.hpp"

#include <doctest/doctest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>

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

/// A program that is told twice to end and does not listen.
void run_deaf_program() {
  Loop loop;
  const Interrupt interrupt(loop);
  ::raise(SIGINT);
  static_cast<void>(loop.run(sleep_for(10s, interrupt.token())));
  ::raise(SIGINT);
  static_cast<void>(loop.run(sleep_for(10s, {})));
}

TEST_CASE("the second signal ends the process with 130") {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    run_deaf_program();
    ::_exit(0);
  }

  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);

  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 130);
}

}  // namespace
}  // namespace kprofefe::async
