// SPDX-License-Identifier: MIT
#pragma once

#include "async/mutex.hpp"
#include "async/task.hpp"
#include "base/result.hpp"
#include "http/client.hpp"
#include "http/retry.hpp"
#include "profefe/outage.hpp"

#include <chrono>

namespace kprofefe::profefe {

/// Sends the pushes of a round, again while that may help: a server that is
/// away is waited for by all of them together, within one patience, and a
/// profile that no connection survives is given up. Must outlive its tasks.
class PushAttempts {
 public:
  PushAttempts(http::Client* client, http::RetryPolicy retry,
               std::chrono::milliseconds patience)
      : client_(client), retry_(retry), outage_(patience), all_(patience) {}

  /// The last outcome. Errors: as of http::Client::send(); the message says
  /// when the patience is spent.
  async::Task<Result<http::Response>> send(http::Request request);

 private:
  struct Attempts;

  async::Task<Result<http::Response>> try_once(http::Request request,
                                               const Attempts* attempts);
  bool gives_up(const Result<http::Response>& outcome,
                const Attempts& attempts);
  [[nodiscard]] Error spent(const Error& last) const;

  http::Client* client_;
  http::RetryPolicy retry_;
  Outage outage_;
  std::chrono::milliseconds all_;  ///< the whole patience
  Error last_error_{ErrorKind::unreachable, "no response"};
  async::Mutex broken_ones_;
};

}  // namespace kprofefe::profefe
