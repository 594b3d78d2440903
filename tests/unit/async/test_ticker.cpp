// SPDX-License-Identifier: MIT
#include "async/sleep.hpp"
#include "async/ticker.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <stop_token>

namespace kprofefe::async {
namespace {

using namespace std::chrono_literals;

Task<bool> wait_for(const int* ticks, int count) {
  while (*ticks < count) {
    co_await sleep_for(1ms, std::stop_token());
  }
  co_return true;
}

TEST_SUITE_BEGIN("async::Ticker");

TEST_CASE("it ticks while the loop runs, and not after its end") {
  Loop loop;
  int ticks = 0;
  std::optional<Ticker> ticker;
  ticker.emplace(loop, 1ms, [&ticks] { ++ticks; });
  CHECK(loop.run(wait_for(&ticks, 3)));
  ticker.reset();
  const int before = ticks;
  loop.run(sleep_for(20ms, {}));
  CHECK(ticks == before);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::async
