// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>

namespace kprofefe::profefe {

/// How long a server has been away, and how much longer that is waited for: one
/// patience for all pushes of a round, which is spent while the server is away,
/// and not once for each profile. Times are what the caller's clock says.
class Outage {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Duration = std::chrono::steady_clock::duration;

  explicit Outage(Duration patience) : patience_(patience) {}

  /// The server has answered, at `now`.
  void end(Time now);

  /// A try that began at `start` had no answer, or one that says "not now".
  void note_failure(Time start);

  /// Of the patience; never less than 0.
  [[nodiscard]] Duration left(Time now) const;

  /// The server is away, and nothing is left of the patience.
  [[nodiscard]] bool is_given_up(Time now) const {
    return since_ && left(now) == Duration{};
  }

  /// Whether a server for which the patience is spent may be asked again: now
  /// and then by one, as it may have come back.
  bool may_probe(Time now);

  /// Whether the server has answered since `time`.
  [[nodiscard]] bool has_answered_since(Time time) const {
    return last_answer_ && *last_answer_ > time;
  }

 private:
  Duration patience_;
  Duration spent_{};           ///< in outages that have ended
  std::optional<Time> since_;  ///< of the outage under way
  std::optional<Time> last_answer_;
  std::optional<Time> last_probe_;
};

}  // namespace kprofefe::profefe
