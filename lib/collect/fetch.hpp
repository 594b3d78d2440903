// SPDX-License-Identifier: MIT
#pragma once

#include "async/byte_budget.hpp"
#include "async/task.hpp"
#include "collect/plan.hpp"
#include "collect/route.hpp"
#include "collect/verdict.hpp"
#include "http/message.hpp"
#include "pprof/check.hpp"

#include <chrono>
#include <cstddef>
#include <stop_token>
#include <string>
#include <variant>

namespace kprofefe::collect {

/// What every fetch of a round has in common.
struct FetchOptions {
  std::chrono::milliseconds connect_timeout{5000};
  std::size_t max_body_bytes = std::size_t{64} << 20;
  /// How long to retry while another client uses the profiler: a little
  /// more than the 30 s that others usually sample.
  std::chrono::milliseconds busy_patience{35000};
  std::chrono::milliseconds busy_first_delay{1000};
  async::ByteBudget* budget = nullptr;
  std::chrono::milliseconds max_wait_for_budget{60000};
  std::size_t min_rate = std::size_t{64} << 10;  ///< http::Request::min_rate
  pprof::CheckLimits check_limits;
  /// Checks bodies by these limits; run_round() makes its own.
  pprof::BodyChecker* checker = nullptr;
  std::stop_token stop;
};

/// A profile as the pod sent it.
struct FetchedBody {
  http::Body body;
  std::chrono::milliseconds waited{};  ///< http::Response::waited
};

/// A profile, nothing (and why), or a failure.
using Fetched = std::variant<FetchedBody, NothingThere, RouteError>;

/// Fetches one profile; asks again while the pod's profiler is busy.
/// `last` closes the connection afterwards. All pointers must outlive the task.
async::Task<Fetched> fetch_profile(Connection* connection, const Target* target,
                                   Fetch fetch, bool last,
                                   const FetchOptions* options);

}  // namespace kprofefe::collect
