// SPDX-License-Identifier: MIT
#pragma once

#include "async/loop.hpp"

#include <chrono>
#include <functional>
#include <memory>

namespace kprofefe::async {

/// Calls `tick` again and again, from the loop, while that runs, until it is
/// destroyed.
class Ticker {
 public:
  Ticker(Loop& loop, std::chrono::milliseconds interval,
         std::function<void()> tick);
  Ticker(const Ticker&) = delete;
  Ticker& operator=(const Ticker&) = delete;
  ~Ticker();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace kprofefe::async
