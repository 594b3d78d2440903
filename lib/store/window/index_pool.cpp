// SPDX-License-Identifier: MIT
#include "store/window/index_pool.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace kprofefe::store {
namespace {

/// Each may have 1 MiB of pages.
constexpr std::size_t k_most_idle = 4;

}  // namespace

void IndexPool::close(const Window& window) {
  const std::scoped_lock lock(mutex_);
  idle_.remove_if(
      [&](const Idle& idle) { return idle.window.get() == &window; });
}

Result<Index> IndexPool::take(const WindowPtr& window) {
  if (window->is_removed()) {
    return fail(ErrorKind::not_found, "no such profile: its day was removed");
  }
  {
    const std::scoped_lock lock(mutex_);
    const auto found = std::ranges::find(idle_, window, &Idle::window);
    if (found != idle_.end()) {
      Index index = std::move(found->index);
      idle_.erase(found);
      return index;
    }
  }
  return Index::open(window->folder(), window->day());
}

void IndexPool::keep(const WindowPtr& window, Index index) {
  std::list<Idle> closed;  // outside of the lock: it may write
  const std::scoped_lock lock(mutex_);
  idle_.push_front({.window = window, .index = std::move(index)});
  if (idle_.size() > k_most_idle) {
    closed.splice(closed.begin(), idle_, std::prev(idle_.end()));
  }
}

}  // namespace kprofefe::store
