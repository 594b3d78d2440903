// SPDX-License-Identifier: MIT
#include "async/for_each_bounded.hpp"
#include "async/loop.hpp"
#include "async/mutex.hpp"
#include "async/sleep.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <stop_token>

namespace kprofefe::async {
namespace {

using namespace std::chrono_literals;

TEST_SUITE_BEGIN("async::Mutex");

TEST_CASE("one task at a time has it, and each gets it") {
  Loop loop;
  Mutex mutex;
  int inside = 0;
  int most = 0;
  int done = 0;
  const auto job = [&](std::size_t) -> Task<void> {
    const Mutex::Lock lock = co_await mutex.lock();
    most = std::max(most, ++inside);
    const std::stop_token never;
    co_await sleep_for(1ms, never);
    --inside;
    ++done;
  };
  const auto all = [&]() -> Task<bool> {
    co_await for_each_bounded(20, 20, job);
    co_return true;
  };

  loop.run(all());

  CHECK(most == 1);
  CHECK(done == 20);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::async
