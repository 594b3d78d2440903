// SPDX-License-Identifier: MIT
#include "async/loop.hpp"
#include "async/sleep.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <doctest/doctest.h>

#include <stdexcept>
#include <stop_token>
#include <string>

namespace kprofefe::async {
namespace {

using namespace std::chrono_literals;

TEST_SUITE_BEGIN("async::Loop");

Task<std::string> text_after(std::chrono::milliseconds delay) {
  co_await sleep_for(delay, std::stop_token());
  co_return "done";
}

Task<bool> broken_after(std::chrono::milliseconds delay) {
  co_await sleep_for(delay, std::stop_token());
  throw std::runtime_error("broken");
}

TEST_CASE("run gives what the task yielded, time after time") {
  Loop loop;
  CHECK(loop.run(text_after(0ms)) == "done");
  CHECK(loop.run(text_after(1ms)) == "done");
}

TEST_CASE("what a task throws comes out of run, and the loop can go on") {
  Loop loop;
  CHECK_THROWS_WITH(loop.run(broken_after(1ms)), "broken");
  CHECK(loop.run(text_after(1ms)) == "done");
}

/// Waits for something that is given up at once.
Task<bool> abandoned() {
  const auto forget = [](auto) {};
  co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>,
                                       void()>(forget,
                                               boost::asio::use_awaitable);
  co_return true;
}

TEST_CASE("a task that nothing can wake does not hang the program") {
  Loop loop;
  CHECK_THROWS_AS(loop.run(abandoned()), std::logic_error);
}

}  // namespace
}  // namespace kprofefe::async
