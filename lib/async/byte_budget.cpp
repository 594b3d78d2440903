// SPDX-License-Identifier: MIT
#include "async/byte_budget.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace kprofefe::async {

ByteBudget::Lease ByteBudget::open(std::function<void()> on_room) {
  entries_.push_back(Entry{.on_room = std::move(on_room)});
  return {this, std::prev(entries_.end())};
}

void ByteBudget::end(Entries::iterator entry) {
  used_ -= entry->bytes;
  entries_.erase(entry);
  // The oldest first, and no more than there is room for: whoever is told in
  // vain only looks and waits again. Called from a copy: a callback may open
  // or end leases.
  std::vector<std::function<void()>> woken;
  std::size_t left = room();
  for (Entry& other : entries_) {
    const bool oldest = &other == &entries_.front();
    if (other.wanted == 0 || (!oldest && other.wanted > left)) {
      continue;
    }
    left -= std::min(left, std::exchange(other.wanted, 0));
    if (other.on_room) {
      woken.push_back(other.on_room);
    }
  }
  for (const auto& on_room : woken) {
    on_room();
  }
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
  if (budget_ == nullptr) {
    return true;
  }
  const bool oldest = entry_ == budget_->entries_.begin();
  if (!oldest && bytes > budget_->room()) {
    entry_->wanted = bytes;
    return false;
  }
  budget_->used_ += bytes;
  entry_->bytes += bytes;
  return true;
}

void ByteBudget::Lease::close_to_growth() {
  if (budget_ != nullptr) {
    entry_->wanted = 0;
    entry_->on_room = nullptr;
  }
}

}  // namespace kprofefe::async
