// SPDX-License-Identifier: MIT
#include "session/interrupt_flag.hpp"

#include <doctest/doctest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace kprofefe {
namespace {

TEST_SUITE_BEGIN("interrupt_flag");

TEST_CASE("SIGINT sets a flag that can be cleared") {
  const InterruptFlag flag;
  CHECK_FALSE(InterruptFlag::is_set());
  std::raise(SIGINT);
  CHECK(InterruptFlag::is_set());
  InterruptFlag::clear();
  CHECK_FALSE(InterruptFlag::is_set());
}

TEST_CASE("what was before comes back") {
  struct sigaction before{};
  ::sigaction(SIGINT, nullptr, &before);
  {
    const InterruptFlag flag;
  }
  struct sigaction after{};
  ::sigaction(SIGINT, nullptr, &after);
  CHECK((before.sa_handler == after.sa_handler));
}

TEST_CASE("a second SIGINT ends the process") {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const InterruptFlag flag;
    std::raise(SIGINT);
    std::raise(SIGINT);
    ::_exit(0);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 130);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe
