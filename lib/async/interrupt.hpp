// SPDX-License-Identifier: MIT
#pragma once

#include "async/loop.hpp"

#include <memory>
#include <stop_token>

namespace kprofefe::async {

/// Turns the first SIGINT or SIGTERM into a stop request, seen by everything
/// that holds the token; the second ends the process at once with 130, also
/// while the loop does not run. Several at the same moment are one.
class Interrupt {
 public:
  explicit Interrupt(Loop& loop);
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;
  ~Interrupt();

  [[nodiscard]] std::stop_token token() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace kprofefe::async
