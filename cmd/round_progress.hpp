// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/streams.hpp"

#include "collect/report.hpp"

#include <chrono>
#include <cstddef>

namespace kprofefe::cmd {

/// A line on standard error that counts a round's profiles; only on a
/// terminal, redrawn a few times a second, wiped at the end of its life.
class RoundProgress {
 public:
  RoundProgress(Streams& streams, std::size_t total);
  RoundProgress(const RoundProgress&) = delete;
  RoundProgress& operator=(const RoundProgress&) = delete;
  ~RoundProgress();

  /// One more profile has come, or has not.
  void count(const collect::Row& row);

 private:
  using Clock = std::chrono::steady_clock;

  void draw();

  Streams& streams_;
  std::size_t total_;
  std::size_t done_ = 0;
  std::size_t failed_ = 0;
  std::size_t bytes_ = 0;
  Clock::time_point begin_ = Clock::now();
  Clock::time_point drawn_;
};

}  // namespace kprofefe::cmd
