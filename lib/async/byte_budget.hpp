// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <list>
#include <memory>

namespace kprofefe::async {

/// One number that all bytes held in memory at the same time count against.
/// Whoever holds bytes has a Lease; when the budget is spent a lease may not
/// grow until others end. The oldest lease may always grow, so the budget can
/// be exceeded by one lease, and nobody waits for ever.
class ByteBudget {
 public:
  class Lease;

  explicit ByteBudget(std::size_t limit) : limit_(limit) {}

  ByteBudget(const ByteBudget&) = delete;
  ByteBudget& operator=(const ByteBudget&) = delete;
  ~ByteBudget() = default;

  /// An empty lease; it must end before the budget. `on_room` is called, from
  /// within the end of another lease, when a grow() that was refused may now
  /// succeed.
  [[nodiscard]] Lease open(std::function<void()> on_room);

  [[nodiscard]] std::size_t used() const { return used_; }

 private:
  struct Entry {
    std::size_t bytes = 0;
    std::size_t wanted = 0;  // by the grow() that was refused
    std::function<void()> on_room;
  };

  using Entries = std::list<Entry>;

  [[nodiscard]] std::size_t room() const {
    return limit_ - std::min(limit_, used_);
  }

  void end(Entries::iterator entry);

  std::size_t limit_;
  std::size_t used_ = 0;
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

  /// From here on the holder only waits to be done with: on_room is dropped.
  void close_to_growth();

 private:
  friend class ByteBudget;

  Lease(ByteBudget* budget, Entries::iterator entry)
      : budget_(budget), entry_(entry) {}

  ByteBudget* budget_ = nullptr;
  Entries::iterator entry_;
};

}  // namespace kprofefe::async
