// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <list>

namespace kprofefe::async {

/// How a ByteBudget is divided, so that its total is never exceeded and no
/// holder can keep all others waiting.
struct BudgetShares {
  /// What each lease has in any case.
  std::size_t own = 0;
  /// What all leases together may have beyond that,
  std::size_t common = 0;
  /// and one of them at most, until it is its turn.
  std::size_t common_each = 0;
  /// What one lease at a time, whose turn it is, may have beyond its own.
  std::size_t turn = 0;

  /// For at most `holders` (not 0) leases at a time, `total` bytes in all: a
  /// quarter is the leases' own, a quarter common, half for whose turn it is.
  static BudgetShares of(std::size_t total, std::size_t holders);

  /// A lease that must become larger than this never gets there.
  [[nodiscard]] std::size_t largest_lease() const { return own + turn; }
};

/// One number that all bytes held in memory at the same time count against.
/// Whoever holds bytes has a Lease. Beyond its own share a lease may not grow
/// while others have the rest; the one that has waited longest then gets its
/// turn, with enough room to become complete: nobody waits for ever.
class ByteBudget {
 public:
  class Lease;

  explicit ByteBudget(BudgetShares shares) : shares_(shares) {}

  ByteBudget(const ByteBudget&) = delete;
  ByteBudget& operator=(const ByteBudget&) = delete;
  ~ByteBudget() = default;

  /// An empty lease; it must end before the budget. `on_room` is called, from
  /// within the end of another lease, when a grow() that was refused may now
  /// succeed.
  [[nodiscard]] Lease open(std::function<void()> on_room);

  /// Bytes of all leases.
  [[nodiscard]] std::size_t used() const { return used_; }

  /// Some lease waits for room that others have.
  [[nodiscard]] bool is_contended() const { return waiting_ > 0; }

  [[nodiscard]] const BudgetShares& shares() const { return shares_; }

 private:
  struct Entry {
    std::size_t bytes = 0;
    std::size_t wanted = 0;  // by the grow() that was refused
    bool has_turn = false;
    std::function<void()> on_room;
  };

  using Entries = std::list<Entry>;

  [[nodiscard]] std::size_t beyond_own(std::size_t bytes) const;
  [[nodiscard]] bool fits(const Entry& entry, std::size_t bytes) const;
  bool grow(Entry& entry, std::size_t bytes);
  void set_wanted(Entry& entry, std::size_t bytes);
  void give_turn();
  void wake();
  void close_to_growth(Entry& entry);
  void end(Entries::iterator entry);

  BudgetShares shares_;
  std::size_t used_ = 0;
  std::size_t common_used_ = 0;
  std::size_t waiting_ = 0;
  bool turn_is_taken_ = false;
  Entries entries_;  // oldest first
};

/// A holder's share of a ByteBudget; ends with its lifetime. One without a
/// budget grows without limit.
class ByteBudget::Lease {
 public:
  Lease() = default;
  Lease(Lease&& other) noexcept;
  Lease& operator=(Lease&& other) noexcept;
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  ~Lease();

  /// Counts `bytes` more. False: not now; on_room will be called.
  [[nodiscard]] bool grow(std::size_t bytes);

  /// It has some of what others may be waiting for.
  [[nodiscard]] bool is_beyond_own() const;

  /// The holder will not grow again: on_room is dropped,
  /// and the turn goes to the next when there is room for that.
  void close_to_growth();

 private:
  friend class ByteBudget;

  Lease(ByteBudget* budget, Entries::iterator entry)
      : budget_(budget), entry_(entry) {}

  ByteBudget* budget_ = nullptr;
  Entries::iterator entry_;
};

}  // namespace kprofefe::async
