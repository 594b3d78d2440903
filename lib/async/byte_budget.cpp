// SPDX-License-Identifier: MIT
#include "async/byte_budget.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace kprofefe::async {

BudgetShares BudgetShares::of(std::size_t total, std::size_t holders) {
  const std::size_t quarter = total / 4;
  // Sixteen that take all they can at once leave none of the common share.
  constexpr std::size_t k_greedy_holders = 16;
  return {.own = quarter / std::max<std::size_t>(holders, 1),
          .common = quarter,
          .common_each = quarter / k_greedy_holders,
          .turn = total - 2 * quarter};
}

ByteBudget::Lease ByteBudget::open(std::function<void()> on_room) {
  entries_.push_back(Entry{.on_room = std::move(on_room)});
  return {this, std::prev(entries_.end())};
}

std::size_t ByteBudget::beyond_own(std::size_t bytes) const {
  return bytes - std::min(bytes, shares_.own);
}

/// Whether `entry` may have `bytes` more.
bool ByteBudget::fits(const Entry& entry, std::size_t bytes) const {
  const std::size_t after = beyond_own(entry.bytes + bytes);
  if (entry.has_turn) {
    return after <= shares_.turn;
  }
  const std::size_t more = after - beyond_own(entry.bytes);
  return more == 0 || (after <= shares_.common_each &&
                       common_used_ + more <= shares_.common);
}

bool ByteBudget::grow(Entry& entry, std::size_t bytes) {
  if (!fits(entry, bytes)) {
    set_wanted(entry, bytes);
    give_turn();
    if (!fits(entry, bytes)) {
      return false;
    }
  }
  set_wanted(entry, 0);
  if (!entry.has_turn) {
    common_used_ += beyond_own(entry.bytes + bytes) - beyond_own(entry.bytes);
  }
  used_ += bytes;
  entry.bytes += bytes;
  return true;
}

void ByteBudget::set_wanted(Entry& entry, std::size_t bytes) {
  waiting_ -= entry.wanted > 0 ? 1 : 0;
  waiting_ += bytes > 0 ? 1 : 0;
  entry.wanted = bytes;
}

/// To the oldest that waits, unless somebody has it.
void ByteBudget::give_turn() {
  if (turn_is_taken_) {
    return;
  }
  const auto oldest = std::ranges::find_if(
      entries_, [](const Entry& entry) { return entry.wanted > 0; });
  if (oldest != entries_.end()) {
    common_used_ -= beyond_own(oldest->bytes);
    oldest->has_turn = turn_is_taken_ = true;
  }
}

/// Tells those for whom there is room now, the oldest first, and no more than
/// it is enough for: whoever is told in vain only looks and waits again. From a
/// copy: a callback may open or end leases.
void ByteBudget::wake() {
  std::vector<std::function<void()>> woken;
  std::size_t left = shares_.common - common_used_;
  for (Entry& entry : entries_) {
    if (entry.wanted == 0 || !fits(entry, entry.wanted) ||
        (!entry.has_turn && entry.wanted > left)) {
      continue;
    }
    left -= entry.has_turn ? 0 : entry.wanted;
    set_wanted(entry, 0);
    if (entry.on_room) {
      woken.push_back(entry.on_room);
    }
  }
  for (const auto& on_room : woken) {
    on_room();
  }
}

void ByteBudget::close_to_growth(Entry& entry) {
  set_wanted(entry, 0);
  entry.on_room = nullptr;
  const std::size_t beyond = beyond_own(entry.bytes);
  if (entry.has_turn && common_used_ + beyond <= shares_.common) {
    common_used_ += beyond;
    entry.has_turn = turn_is_taken_ = false;
    give_turn();
    wake();
  }
}

void ByteBudget::end(Entries::iterator entry) {
  used_ -= entry->bytes;
  set_wanted(*entry, 0);
  if (entry->has_turn) {
    turn_is_taken_ = false;
  } else {
    common_used_ -= beyond_own(entry->bytes);
  }
  entries_.erase(entry);
  give_turn();
  wake();
}

ByteBudget::Lease::Lease(Lease&& other) noexcept
    : budget_(std::exchange(other.budget_, nullptr)), entry_(other.entry_) {}

ByteBudget::Lease& ByteBudget::Lease::operator=(Lease&& other) noexcept {
  std::swap(budget_, other.budget_);
  std::swap(entry_, other.entry_);
  return *this;
}

ByteBudget::Lease::~Lease() {
  if (budget_ != nullptr) {
    budget_->end(entry_);
  }
}

bool ByteBudget::Lease::grow(std::size_t bytes) {
  return budget_ == nullptr || budget_->grow(*entry_, bytes);
}

bool ByteBudget::Lease::is_beyond_own() const {
  return budget_ != nullptr && budget_->beyond_own(entry_->bytes) > 0;
}

void ByteBudget::Lease::close_to_growth() {
  if (budget_ != nullptr) {
    budget_->close_to_growth(*entry_);
  }
}

}  // namespace kprofefe::async
