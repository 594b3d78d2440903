// SPDX-License-Identifier: MIT
#include "async/byte_budget.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

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

/// 10 a lease, 100 in common of which one may have 40, 200 for the turn.
constexpr BudgetShares k_shares{
    .own = 10, .common = 100, .common_each = 40, .turn = 200};

TEST_SUITE_BEGIN("async::ByteBudget");

TEST_CASE("each lease has its own share, whatever others have") {
  ByteBudget budget(k_shares);
  Holder turn(budget);
  REQUIRE(turn.lease.grow(210));
  Holder one(budget);
  Holder two(budget);
  Holder three(budget);
  REQUIRE(one.lease.grow(50));
  REQUIRE(two.lease.grow(50));
  REQUIRE(three.lease.grow(30));
  REQUIRE_FALSE(three.lease.grow(1));

  Holder late(budget);

  CHECK(late.lease.grow(10));
  CHECK_FALSE(late.lease.is_beyond_own());
  CHECK_FALSE(late.lease.grow(1));
  CHECK(three.lease.is_beyond_own());
}

TEST_CASE("one lease has at most its part of what is common") {
  ByteBudget budget(k_shares);
  Holder turn(budget);
  REQUIRE(turn.lease.grow(60));
  Holder greedy(budget);

  CHECK(greedy.lease.grow(50));
  CHECK_FALSE(greedy.lease.grow(1));
  Holder modest(budget);
  CHECK(modest.lease.grow(50));
}

TEST_CASE("the first that finds no room has its turn, and becomes complete") {
  ByteBudget budget(k_shares);
  Holder large(budget);

  CHECK(large.lease.grow(210));
  CHECK_FALSE(large.lease.grow(1));
  CHECK(budget.used() == 210);
}

TEST_CASE("what has its turn leaves its part of what is common to others") {
  ByteBudget budget(k_shares);
  Holder large(budget);
  REQUIRE(large.lease.grow(50));
  REQUIRE(large.lease.grow(100));
  Holder one(budget);
  Holder two(budget);
  Holder three(budget);

  CHECK(one.lease.grow(50));
  CHECK(two.lease.grow(50));
  CHECK(three.lease.grow(30));
}

TEST_CASE("the turn goes to the one that has waited longest") {
  ByteBudget budget(k_shares);
  std::optional<Holder> first(std::in_place, budget);
  REQUIRE(first->lease.grow(100));
  Holder older(budget);
  Holder younger(budget);
  REQUIRE_FALSE(younger.lease.grow(100));
  REQUIRE_FALSE(older.lease.grow(100));
  CHECK(budget.is_contended());

  first.reset();

  CHECK(older.told == 1);
  CHECK(younger.told == 0);
  CHECK(older.lease.grow(100));
  CHECK_FALSE(younger.lease.grow(100));
}

TEST_CASE("a lease that is complete passes the turn on when it fits") {
  ByteBudget budget(k_shares);
  Holder large(budget);
  REQUIRE(large.lease.grow(110));
  Holder waiting(budget);
  REQUIRE_FALSE(waiting.lease.grow(120));

  large.lease.close_to_growth();

  CHECK(waiting.told == 1);
  CHECK(waiting.lease.grow(120));
  Holder other(budget);
  CHECK_FALSE(other.lease.grow(11));
}

TEST_CASE("a lease that is complete and too large for others keeps the turn") {
  ByteBudget budget(k_shares);
  std::optional<Holder> large(std::in_place, budget);
  REQUIRE(large->lease.grow(160));
  Holder waiting(budget);
  REQUIRE_FALSE(waiting.lease.grow(120));

  large->lease.close_to_growth();
  CHECK(waiting.told == 0);

  large.reset();
  CHECK(waiting.told == 1);
}

TEST_CASE("no more are told than there is room for, the older first") {
  ByteBudget budget(k_shares);
  Holder turn(budget);
  REQUIRE(turn.lease.grow(210));
  std::optional<Holder> passing(std::in_place, budget);
  REQUIRE(passing->lease.grow(50));
  Holder two(budget);
  Holder three(budget);
  REQUIRE(two.lease.grow(50));
  REQUIRE(three.lease.grow(30));
  Holder older(budget);
  Holder younger(budget);
  REQUIRE(older.lease.grow(10));
  REQUIRE(younger.lease.grow(10));
  REQUIRE_FALSE(younger.lease.grow(30));
  REQUIRE_FALSE(older.lease.grow(30));

  passing.reset();

  CHECK(older.told == 1);
  CHECK(younger.told == 0);
}

TEST_CASE("whatever leases ask for, the total is never exceeded") {
  constexpr std::size_t k_total = 64'000;
  constexpr std::size_t k_holders = 16;
  ByteBudget budget(BudgetShares::of(k_total, k_holders));
  std::vector<std::optional<Holder>> holders(k_holders);
  std::size_t most = 0;
  // A fixed walk in which every lease grows, waits and ends many times.
  for (std::size_t step = 0; step < 20'000; ++step) {
    auto& holder = holders[step * 7 % k_holders];
    if (!holder) {
      holder.emplace(budget);
    } else if (step % 11 == 0) {
      holder.reset();
    } else {
      static_cast<void>(holder->lease.grow(step * 31 % 4096));
    }
    most = std::max(most, budget.used());
  }

  CHECK(most <= k_total);
  CHECK(most > k_total / 3);
}

TEST_CASE("who waits is not forgotten") {
  ByteBudget budget(BudgetShares::of(4000, 4));
  std::optional<Holder> first(std::in_place, budget);
  std::optional<Holder> second(std::in_place, budget);
  std::optional<Holder> third(std::in_place, budget);
  REQUIRE(first->lease.grow(2000));
  REQUIRE_FALSE(second->lease.grow(2000));
  REQUIRE_FALSE(third->lease.grow(2000));

  first.reset();
  REQUIRE(second->told == 1);
  REQUIRE(second->lease.grow(2000));
  second.reset();

  CHECK(third->told == 1);
  CHECK(third->lease.grow(2000));
  CHECK_FALSE(budget.is_contended());
}

TEST_CASE("a lease that is closed to growth is told nothing") {
  ByteBudget budget(k_shares);
  std::optional<Holder> turn(std::in_place, budget);
  REQUIRE(turn->lease.grow(210));
  Holder waiting(budget);
  REQUIRE_FALSE(waiting.lease.grow(60));

  waiting.lease.close_to_growth();
  turn.reset();

  CHECK(waiting.told == 0);
  CHECK_FALSE(budget.is_contended());
}

TEST_CASE("a callback may open and end leases") {
  ByteBudget budget(k_shares);
  std::optional<Holder> turn(std::in_place, budget);
  REQUIRE(turn->lease.grow(210));
  std::optional<ByteBudget::Lease> ended_by_callback;
  ByteBudget::Lease opened_by_callback;
  ByteBudget::Lease waiting = budget.open([&] {
    ended_by_callback.reset();
    opened_by_callback = budget.open({});
  });
  ended_by_callback = budget.open({});
  REQUIRE_FALSE(waiting.grow(60));

  turn.reset();

  CHECK_FALSE(ended_by_callback);
  CHECK(waiting.grow(60));
  CHECK(opened_by_callback.grow(10));
}

TEST_CASE("a lease that moves keeps its bytes") {
  ByteBudget budget(k_shares);
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
  CHECK_FALSE(lease.is_beyond_own());
  lease.close_to_growth();
}

TEST_CASE("shares come to the total") {
  const BudgetShares shares = BudgetShares::of(64 << 20, 256);

  CHECK(shares.own == 64 << 10);
  CHECK(256 * shares.own + shares.common + shares.turn == 64 << 20);
  CHECK(shares.largest_lease() > 32 << 20);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::async
