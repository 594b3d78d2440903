// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/streams.hpp"

#include "async/loop.hpp"
#include "async/ticker.hpp"
#include "collect/report.hpp"

#include <chrono>
#include <cstddef>
#include <optional>

namespace kprofefe::cmd {

/// What a round will do.
struct RoundPlan {
  std::size_t pods = 0;
  std::size_t profiles = 0;
  /// How long the slowest profile of a pod samples; 0: none does.
  std::chrono::seconds sampling{0};
};

/// A line on standard error that counts a round's pods and profiles and the
/// seconds that sampling still takes; only on a terminal, redrawn also while
/// nothing comes, wiped at the end of its life.
class RoundProgress {
 public:
  RoundProgress(Streams& streams, async::Loop& loop, const RoundPlan& plan);
  RoundProgress(const RoundProgress&) = delete;
  RoundProgress& operator=(const RoundProgress&) = delete;
  ~RoundProgress();

  /// Another round has begun beside it.
  void extend(const RoundPlan& plan);

  /// One more profile has come, or has not.
  void count(const collect::Row& row);

  /// All profiles of one more pod have.
  void count_pod() { ++pods_done_; }

 private:
  using Clock = std::chrono::steady_clock;

  void draw();

  Streams& streams_;
  RoundPlan plan_;
  std::size_t done_ = 0;
  std::size_t pods_done_ = 0;
  std::size_t failed_ = 0;
  std::size_t bytes_ = 0;
  Clock::time_point begin_ = Clock::now();
  Clock::time_point drawn_;
  std::optional<async::Ticker> ticker_;
};

}  // namespace kprofefe::cmd
