// SPDX-License-Identifier: MIT
#include "async/for_each_bounded.hpp"
#include "async/loop.hpp"
#include "async/workers.hpp"
#include "store/segment/io_error.hpp"
#include "store/window/group_commit.hpp"
#include "support/kept_loop.hpp"
#include "support/open_store.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <new>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kprofefe::store {
namespace {

/// Remembers what it is told to write.
struct Written {
  std::vector<std::vector<std::size_t>> batches;  ///< sizes of the bodies
  std::optional<Error> error;
  bool breaks = false;

  Batch::Answers write(const std::vector<NewProfile>& profiles) {
    if (breaks) {
      throw std::bad_alloc();
    }
    Batch::Answers answers;
    batches.emplace_back();
    for (const NewProfile& profile : profiles) {
      batches.back().push_back(profile.body.size());
      if (error) {
        answers.emplace_back(std::unexpected(*error));
      } else {
        answers.emplace_back(StoredProfile{.size = profile.body.size()});
      }
    }
    return answers;
  }
};

/// Puts bodies of these sizes at once, and takes the answers.
class Putting {
 public:
  explicit Putting(std::size_t max_waiting_bytes, GroupCommit::Write write)
      : commit_(&workers_, std::move(write), max_waiting_bytes) {}

  void put(const std::vector<std::size_t>& sizes) {
    answers.assign(sizes.size(), Result<StoredProfile>());
    const auto job = [&](std::size_t i) -> async::Task<void> {
      answers[i] =
          co_await commit_.put(make_profile(std::string(sizes[i], 'x')));
    };
    const auto all = [&]() -> async::Task<bool> {
      co_await async::for_each_bounded(sizes.size(), sizes.size(), job);
      co_return true;
    };
    loop_.run(all());
  }

  [[nodiscard]] bool is_full() const { return commit_.is_full(); }

  std::vector<Result<StoredProfile>> answers;

 private:
  test::KeptLoop loop_;
  async::Workers workers_{1};
  GroupCommit commit_;
};

TEST_SUITE_BEGIN("store");

TEST_CASE("what comes at once is written at once, each with its own answer") {
  Written written;
  Putting putting(1000, [&](const auto& some) { return written.write(some); });

  putting.put({1, 2, 3, 4, 5, 6, 7, 8});

  REQUIRE(written.batches.size() == 1);
  CHECK(written.batches[0].size() == 8);
  for (std::size_t i = 0; i < 8; ++i) {
    CHECK(putting.answers[i]->size == i + 1);
  }

  putting.put({9});
  CHECK(written.batches.size() == 2);
  CHECK(putting.answers[0]->size == 9);
}

TEST_CASE(
    "more than may wait is written in turn, and one that is larger alone") {
  Written written;
  Putting putting(100, [&](const auto& some) { return written.write(some); });

  putting.put({60, 60, 40, 500, 30, 30, 30, 30});

  std::size_t count = 0;
  for (const auto& batch : written.batches) {
    std::size_t bytes = 0;
    for (const std::size_t size : batch) {
      bytes += size;
    }
    count += batch.size();
    CHECK((bytes <= 100 || batch == std::vector<std::size_t>{500}));
  }
  CHECK(count == 8);
  CHECK(written.batches.size() < 8);
  CHECK(std::ranges::all_of(
      putting.answers, [](const auto& answer) { return answer->size > 0; }));
}

TEST_CASE(
    "an error is the answer of all in the batch, and the next one goes on") {
  Written written;
  Putting putting(1000, [&](const auto& some) { return written.write(some); });

  written.error = Error{.kind = ErrorKind::io,
                        .message = "write: no space left on device",
                        .detail = k_disk_full};
  putting.put({1, 2});
  CHECK_FALSE(putting.answers[0]);
  CHECK_FALSE(putting.answers[1]);
  CHECK(putting.is_full());

  written.error.reset();
  written.breaks = true;
  putting.put({1, 2});
  CHECK(putting.answers[1].error().kind == ErrorKind::io);

  written.breaks = false;
  putting.put({3});
  CHECK(putting.answers[0]->size == 3);
  CHECK_FALSE(putting.is_full());
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::store
