// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "store/index/index.hpp"
#include "store/window/window.hpp"

#include <list>
#include <mutex>
#include <shared_mutex>
#include <utility>

namespace kprofefe::store {

/// Opens indexes to read them, and keeps those open that were used last. Usable
/// by all threads.
class IndexPool {
 public:
  /// What `use(index)` yields. Errors: not_found, when the window was removed;
  /// malformed, when the index must be made anew; those of `use`.
  template <typename Use>
  auto with(const WindowPtr& window, Use use)
      -> decltype(use(std::declval<Index&>())) {
    const std::shared_lock lock(window->use());
    TRY_ASSIGN(Index index, take(window));
    auto result = use(index);
    if (result) {
      keep(window, std::move(index));
    }
    return result;
  }

  /// Closes what is open of a window; of who has its use() alone.
  void close(const Window& window);

 private:
  struct Idle {
    WindowPtr window;
    Index index;
  };

  Result<Index> take(const WindowPtr& window);
  void keep(const WindowPtr& window, Index index);

  std::mutex mutex_;
  std::list<Idle> idle_;  ///< what was used last is first
};

}  // namespace kprofefe::store
