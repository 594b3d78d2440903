// SPDX-License-Identifier: MIT
#include "async/for_each_bounded.hpp"
#include "async/loop.hpp"
#include "async/sleep.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <stdexcept>
#include <stop_token>
#include <vector>

namespace kprofefe::async {
namespace {

using namespace std::chrono_literals;
using Job = std::function<Task<void>(std::size_t)>;

Task<bool> all(std::size_t count, std::size_t limit, Job job) {
  co_await for_each_bounded(count, limit, std::move(job));
  co_return true;
}

/// Which jobs started, in order, and how many ran at the same time.
struct Journal {
  std::vector<std::size_t> started;
  int running = 0;
  int most = 0;

  Task<void> visit(std::size_t index) {
    started.push_back(index);
    most = std::max(most, ++running);
    co_await sleep_for(1ms, std::stop_token());
    --running;
  }
};

TEST_SUITE_BEGIN("async::for_each_bounded");

TEST_CASE("every job runs once, started in order, within the limit") {
  struct Row {
    std::size_t count;
    std::size_t limit;
    int most;
  };

  const Row rows[] = {{0, 4, 0}, {1, 4, 1}, {9, 1, 1},    {9, 4, 4},
                      {4, 9, 4}, {3, 0, 1}, {300, 64, 64}};
  for (const Row& row : rows) {
    CAPTURE(row.count);
    CAPTURE(row.limit);
    Loop loop;
    Journal journal;

    loop.run(all(row.count, row.limit,
                 [&](std::size_t i) { return journal.visit(i); }));

    std::vector<std::size_t> in_order(row.count);
    for (std::size_t i = 0; i < row.count; ++i) {
      in_order[i] = i;
    }
    CHECK(journal.started == in_order);
    CHECK(journal.most == row.most);
    CHECK(journal.running == 0);
  }
}

TEST_CASE("a job that ends makes room at once, not when its batch has ended") {
  Loop loop;
  std::stop_source third_has_started;
  bool first_slept_through = true;
  const Job job = [&](std::size_t index) -> Task<void> {
    if (index == 0) {
      first_slept_through =
          co_await sleep_for(10s, third_has_started.get_token());
    }
    if (index == 2) {
      third_has_started.request_stop();
    }
  };

  loop.run(all(3, 2, job));

  CHECK_FALSE(first_slept_through);
}

TEST_CASE("many jobs that never wait do not pile up on the stack") {
  Loop loop;
  std::size_t count = 0;
  const Job job = [&](std::size_t) -> Task<void> {
    ++count;
    co_return;
  };

  loop.run(all(10'000, 3, job));

  CHECK(count == 10'000);
}

TEST_CASE("an exception waits for the other jobs, then comes out") {
  Loop loop;
  int ended = 0;
  const Job job = [&](std::size_t index) -> Task<void> {
    if (index == 1) {
      throw std::runtime_error("broken");
    }
    co_await sleep_for(1ms, std::stop_token());
    ++ended;
  };

  CHECK_THROWS_WITH(loop.run(all(5, 3, job)), "broken");
  CHECK(ended == 4);
}

}  // namespace
}  // namespace kprofefe::async
