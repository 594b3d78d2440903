// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"

#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <optional>

namespace kprofefe::async {

/// Something that happens once, and tasks of one loop that wait for it. Must
/// outlive its waiting tasks.
class Event {
 public:
  Event() = default;

  /// Counts as happened when somebody has waited for so long.
  explicit Event(std::chrono::milliseconds limit) : limit_(limit) {}

  /// It has happened: who waits goes on, from the loop.
  void set();

  /// Ends at once when it has happened already.
  Task<void> wait();

 private:
  /// Without a limit it never expires; a timer can be waited for by many. Empty
  /// until somebody waits.
  std::optional<boost::asio::steady_timer> timer_;
  std::optional<std::chrono::milliseconds> limit_;
  bool has_happened_ = false;
};

}  // namespace kprofefe::async
