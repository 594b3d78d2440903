// SPDX-License-Identifier: MIT
#pragma once

#include "async/delayed_stop.hpp"
#include "async/interrupt.hpp"
#include "async/loop.hpp"
#include "session/session.hpp"

#include <utility>

namespace kprofefe {

/// The session of a command, with an event loop and an HTTP client of its own.
/// From its making on the first SIGINT or SIGTERM stops it, and the second ends
/// the process.
class ProcessSession {
 public:
  /// Both must outlive it. `verbosity`: a level of DebugLog.
  ProcessSession(const Env& env, Messages& messages, int verbosity);
  ProcessSession(const ProcessSession&) = delete;
  ProcessSession& operator=(const ProcessSession&) = delete;
  ~ProcessSession() = default;

  [[nodiscard]] const Session& session() const { return session_; }

  /// What `task` yields, when it has ended.
  template <typename T>
  T run(async::Task<T> task) {
    return loop_.run(std::move(task));
  }

  [[nodiscard]] async::Loop& loop() { return loop_; }

  [[nodiscard]] bool is_stopped() const {
    return session_.stop.stop_requested();
  }

 private:
  async::Loop loop_;
  async::Interrupt interrupt_{loop_};
  async::DelayedStop delivery_stop_;
  http::Client http_;
  Session session_;
};

}  // namespace kprofefe
