// SPDX-License-Identifier: MIT
#include "async/delayed_stop.hpp"
#include "async/loop.hpp"
#include "async/sleep.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <stop_token>

namespace kprofefe::async {
namespace {

using namespace std::chrono_literals;

TEST_SUITE_BEGIN("async::DelayedStop");

TEST_CASE("it follows the first stop request, and not at once") {
  Loop loop;
  std::stop_source first;
  const DelayedStop delayed(loop, first.get_token(), 30ms);
  CHECK_FALSE(loop.run(sleep_for(1h, [&] {
    first.request_stop();
    return first.get_token();
  }())));
  CHECK_FALSE(delayed.token().stop_requested());

  CHECK_FALSE(loop.run(sleep_for(1h, delayed.token())));
  CHECK(delayed.token().stop_requested());
}

TEST_CASE("without a first stop request there is none") {
  Loop loop;
  const std::stop_source first;
  const DelayedStop delayed(loop, first.get_token(), 0ms);

  CHECK(loop.run(sleep_for(20ms, delayed.token())));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::async
