// SPDX-License-Identifier: MIT
#pragma once

#include "async/loop.hpp"

#include <chrono>
#include <memory>
#include <stop_token>

namespace kprofefe::async {

/// A stop request that follows another one after some time: for what may be
/// finished after an interrupt, but only within a time limit.
class DelayedStop {
 public:
  DelayedStop(Loop& loop, std::stop_token first,
              std::chrono::milliseconds delay);
  DelayedStop(const DelayedStop&) = delete;
  DelayedStop& operator=(const DelayedStop&) = delete;
  ~DelayedStop();

  [[nodiscard]] std::stop_token token() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace kprofefe::async
