// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>

namespace kprofefe::async {

/// Ends what takes too long or is no longer wanted: when `limit` has passed
/// (timeout) or `stop` is requested (cancelled), calls `end` once, from the
/// loop, with the reason. Destroying it disarms it.
class Watchdog {
 public:
  Watchdog(const boost::asio::any_io_executor& executor,
           std::chrono::milliseconds limit, const std::stop_token& stop,
           std::function<void()> end);
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;
  ~Watchdog();

  /// Why it has called; the failure of the thing watched when it has not.
  [[nodiscard]] Error explain(Error failure) const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace kprofefe::async
