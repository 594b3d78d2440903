// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cstddef>
#include <utility>

namespace kprofefe::async {

/// Threads for work that would hold up the loop: it must share nothing with it
/// that changes.
class Workers {
 public:
  explicit Workers(std::size_t threads) : pool_(threads) {}

  /// What `work()` yields, on a thread of these; the awaiting task goes on in
  /// the loop.
  template <typename Work>
  auto run(Work work) -> Task<decltype(work())> {
    co_return co_await boost::asio::co_spawn(pool_, call(std::move(work)),
                                             boost::asio::use_awaitable);
  }

 private:
  template <typename Work>
  static auto call(Work work) -> Task<decltype(work())> {
    co_return work();
  }

  boost::asio::thread_pool pool_;
};

}  // namespace kprofefe::async
