// SPDX-License-Identifier: MIT
#include "async/event.hpp"
#include "async/for_each_bounded.hpp"
#include "async/loop.hpp"
#include "async/sleep.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cstddef>
#include <stop_token>

namespace kprofefe::async {
namespace {

using namespace std::chrono_literals;

TEST_SUITE_BEGIN("async::Event");

TEST_CASE("all who wait go on when it happens, and who comes later at once") {
  Loop loop;
  Event event;
  int early = 0;
  int passed = 0;
  const auto job = [&](std::size_t index) -> Task<void> {
    if (index < 3) {
      co_await event.wait();
      ++passed;
    } else {
      const bool waited = co_await sleep_for(5ms, std::stop_token());
      CHECK(waited);
      early = passed;
      event.set();
    }
  };
  const auto all = [&]() -> Task<bool> {
    co_await for_each_bounded(4, 4, job);
    co_await event.wait();
    co_return true;
  };

  CHECK(loop.run(all()));

  CHECK(early == 0);
  CHECK(passed == 3);
}

TEST_CASE("an event with a limit is waited for so long, and by none after") {
  Loop loop;
  Event event(20ms);
  const auto wait = [&]() -> Task<bool> {
    co_await event.wait();
    co_return true;
  };

  const auto begin = std::chrono::steady_clock::now();
  CHECK(loop.run(wait()));
  CHECK(std::chrono::steady_clock::now() - begin >= 20ms);

  Event happened(1h);
  happened.set();
  const auto wait_too = [&]() -> Task<bool> {
    co_await happened.wait();
    co_await event.wait();
    co_return true;
  };
  CHECK(loop.run(wait_too()));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::async
