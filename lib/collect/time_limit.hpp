// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

namespace kprofefe::collect {

/// The one limit of a request, however many attempts are made at it. Runs from
/// its construction.
class TimeLimit {
 public:
  explicit TimeLimit(std::chrono::milliseconds limit) : limit_(limit) {}

  [[nodiscard]] std::chrono::milliseconds spent() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - begin_);
  }

  [[nodiscard]] std::chrono::milliseconds left() const {
    return limit_ - spent();
  }

  /// Whether there is time for another attempt that takes as long as what was
  /// done so far.
  [[nodiscard]] bool allows_another() const { return spent() < left(); }

 private:
  std::chrono::steady_clock::time_point begin_ =
      std::chrono::steady_clock::now();
  std::chrono::milliseconds limit_;
};

}  // namespace kprofefe::collect
