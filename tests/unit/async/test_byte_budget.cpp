// SPDX-License-Identifier: MIT
#include "async/byte_budget.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <utility>

namespace kprofefe::async {
namespace {

/// A lease that counts how often it was told that there is room.
struct Holder {
  explicit Holder(ByteBudget& budget)
      : lease(budget.open([this] { ++told; })) {}

  Holder(const Holder&) = delete;
  Holder& operator=(const Holder&) = delete;
  ~Holder() = default;

  int told = 0;
  ByteBudget::Lease lease;
};

TEST_SUITE_BEGIN("async::ByteBudget");

TEST_CASE("leases grow until the budget is spent") {
  ByteBudget budget(100);
  Holder first(budget);
  Holder second(budget);

  CHECK(first.lease.grow(40));
  CHECK(second.lease.grow(60));
  CHECK(budget.used() == 100);
  CHECK_FALSE(second.lease.grow(1));
  CHECK(budget.used() == 100);
}

TEST_CASE("the oldest lease may always grow") {
  ByteBudget budget(100);
  Holder oldest(budget);
  Holder second(budget);
  REQUIRE(second.lease.grow(100));

  CHECK(oldest.lease.grow(500));
  CHECK(budget.used() == 600);
  CHECK_FALSE(second.lease.grow(1));
}

TEST_CASE("the end of a lease gives its bytes back and tells who waits") {
  ByteBudget budget(100);
  std::optional<Holder> oldest(std::in_place, budget);
  Holder waiting(budget);
  Holder content(budget);
  REQUIRE(oldest->lease.grow(100));
  REQUIRE_FALSE(waiting.lease.grow(10));

  oldest.reset();

  CHECK(budget.used() == 0);
  CHECK(waiting.told == 1);
  CHECK(content.told == 0);
  CHECK(waiting.lease.grow(10));
}

TEST_CASE("who waits is told when there is room for what it wants") {
  ByteBudget budget(100);
  std::optional<Holder> oldest(std::in_place, budget);
  std::optional<Holder> second(std::in_place, budget);
  REQUIRE(oldest->lease.grow(50));
  REQUIRE(second->lease.grow(50));
  Holder large(budget);
  Holder small(budget);
  REQUIRE_FALSE(large.lease.grow(60));
  REQUIRE_FALSE(small.lease.grow(40));

  second.reset();
  CHECK(large.told == 0);
  CHECK(small.told == 1);

  oldest.reset();
  CHECK(large.told == 1);
  CHECK(small.told == 1);
}

TEST_CASE("no more are told than there is room for, the older first") {
  ByteBudget budget(100);
  std::optional<Holder> passing(std::in_place, budget);
  REQUIRE(passing->lease.grow(40));
  Holder held(budget);
  REQUIRE(held.lease.grow(60));
  Holder older(budget);
  Holder younger(budget);
  REQUIRE_FALSE(younger.lease.grow(30));
  REQUIRE_FALSE(older.lease.grow(30));

  passing.reset();

  CHECK(older.told == 1);
  CHECK(younger.told == 0);
}

TEST_CASE("nothing at all fits into a budget that is overdrawn") {
  ByteBudget budget(100);
  Holder oldest(budget);
  Holder second(budget);
  REQUIRE(oldest.lease.grow(500));

  CHECK(second.lease.grow(0));
  CHECK_FALSE(second.lease.grow(1));
}

TEST_CASE("after the oldest has ended the next in age may always grow") {
  ByteBudget budget(100);
  std::optional<Holder> oldest(std::in_place, budget);
  Holder second(budget);
  Holder third(budget);
  REQUIRE(third.lease.grow(100));
  REQUIRE_FALSE(second.lease.grow(50));

  oldest.reset();

  CHECK(second.told == 1);
  CHECK(second.lease.grow(50));
  CHECK_FALSE(third.lease.grow(1));
}

TEST_CASE("a lease that is closed to growth is told nothing") {
  ByteBudget budget(100);
  std::optional<Holder> oldest(std::in_place, budget);
  REQUIRE(oldest->lease.grow(100));
  Holder waiting(budget);
  REQUIRE_FALSE(waiting.lease.grow(10));

  waiting.lease.close_to_growth();
  oldest.reset();

  CHECK(waiting.told == 0);
}

TEST_CASE("a callback may open and end leases") {
  ByteBudget budget(100);
  std::optional<Holder> oldest(std::in_place, budget);
  REQUIRE(oldest->lease.grow(100));
  std::optional<ByteBudget::Lease> ended_by_callback;
  ByteBudget::Lease opened_by_callback;
  ByteBudget::Lease waiting = budget.open([&] {
    ended_by_callback.reset();
    opened_by_callback = budget.open({});
  });
  ended_by_callback = budget.open({});
  REQUIRE_FALSE(waiting.grow(1));

  oldest.reset();

  CHECK_FALSE(ended_by_callback);
  CHECK(waiting.grow(90));
  CHECK(opened_by_callback.grow(10));
  CHECK_FALSE(opened_by_callback.grow(1));
}

TEST_CASE("a lease that moves keeps its bytes") {
  ByteBudget budget(100);
  ByteBudget::Lease first = budget.open({});
  REQUIRE(first.grow(30));
  ByteBudget::Lease second = budget.open({});
  REQUIRE(second.grow(50));

  {
    const ByteBudget::Lease moved = std::move(first);
    CHECK(budget.used() == 80);
  }
  CHECK(budget.used() == 50);

  second = ByteBudget::Lease();
  CHECK(budget.used() == 0);
}

TEST_CASE("a lease without a budget grows without limit") {
  ByteBudget::Lease lease;

  CHECK(lease.grow(std::size_t{1} << 62));
  lease.close_to_growth();
}

}  // namespace
}  // namespace kprofefe::async
