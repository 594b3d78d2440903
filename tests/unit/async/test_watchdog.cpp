// SPDX-License-Identifier: MIT
#include "async/loop.hpp"
#include "async/sleep.hpp"
#include "async/watchdog.hpp"

#include <boost/asio/this_coro.hpp>
#include <doctest/doctest.h>

#include <chrono>
#include <stop_token>

namespace kprofefe::async {
namespace {

using namespace std::chrono_literals;

const Error k_failure{ErrorKind::network, "it broke"};

/// Guards something for `time` and says why it ended.
Task<Error> guard(std::chrono::milliseconds time,
                  std::chrono::milliseconds limit, std::stop_token stop,
                  int* calls) {
  const auto executor = co_await boost::asio::this_coro::executor;
  const Watchdog watchdog(executor, limit, stop, [calls] { ++*calls; });
  const bool waited = co_await sleep_for(time, std::stop_token());
  static_cast<void>(waited);
  co_return watchdog.explain(k_failure);
}

TEST_SUITE_BEGIN("async::Watchdog");

TEST_CASE("what is fast enough is left alone") {
  Loop loop;
  int calls = 0;
  CHECK(loop.run(guard(1ms, 1h, {}, &calls)).message == "it broke");
  CHECK(calls == 0);
}

TEST_CASE("what takes too long is ended once, and that is the reason") {
  Loop loop;
  int calls = 0;
  const Error error = loop.run(guard(30ms, 2ms, {}, &calls));
  CHECK(error.kind == ErrorKind::timeout);
  CHECK(error.message == "timed out after 2ms");
  CHECK(calls == 1);
}

TEST_CASE("a stop request ends it, also one from before") {
  Loop loop;
  int calls = 0;
  std::stop_source source;
  source.request_stop();
  const Error error = loop.run(guard(5ms, 1h, source.get_token(), &calls));
  CHECK(error.kind == ErrorKind::cancelled);
  CHECK(calls == 1);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::async
