// SPDX-License-Identifier: MIT
#include "async/for_each_bounded.hpp"
#include "async/loop.hpp"
#include "async/sleep.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <stop_token>

namespace kprofefe::async {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

TEST_SUITE_BEGIN("async::sleep_for");

TEST_CASE("it ends after the time has passed, never before") {
  Loop loop;
  const auto begin = Clock::now();

  CHECK(loop.run(sleep_for(20ms, {})));

  CHECK(Clock::now() - begin >= 20ms);
}

TEST_CASE("no time and less than none pass at once") {
  Loop loop;
  CHECK(loop.run(sleep_for(0ms, {})));
  CHECK(loop.run(sleep_for(-5s, {})));
}

TEST_CASE("a stop request ends it, whether before or during") {
  Loop loop;
  std::stop_source source;
  bool slept_through = true;
  const auto job = [&](std::size_t index) -> Task<void> {
    if (index == 0) {
      slept_through = co_await sleep_for(1h, source.get_token());
    } else {
      source.request_stop();
    }
  };
  const auto both = [&]() -> Task<bool> {
    co_await for_each_bounded(2, 2, job);
    co_return true;
  };

  loop.run(both());
  CHECK_FALSE(slept_through);
  CHECK_FALSE(loop.run(sleep_for(1h, source.get_token())));
}

}  // namespace
}  // namespace kprofefe::async
