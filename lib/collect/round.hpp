// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "base/env.hpp"
#include "collect/fetch.hpp"
#include "collect/plan.hpp"
#include "collect/report.hpp"
#include "collect/route.hpp"
#include "collect/sink.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace kprofefe::collect {

/// What a round works with. All pointers must outlive it.
struct RoundParts {
  Route* route = nullptr;
  std::vector<Sink*> sinks;  ///< each gets every profile
  /// What may be the reason that a target does not answer, or nothing; asked
  /// of a few targets only. May be empty.
  std::function<async::Task<std::string>(const Target*)> find_reason;
};

/// Default number of targets at the same time.
inline constexpr std::size_t k_concurrency = 256;

struct RoundOptions {
  PlanOptions plan;
  FetchOptions fetch;
  std::size_t concurrency = k_concurrency;
  SystemTime (*now)() = std::chrono::system_clock::now;
  /// Called as each profile ends, in the order in which they end.
  std::function<void(const Target&, const Row&)> on_row;
  /// Takes each target's report as soon as it and all before it have ended, so
  /// that a round keeps few of them; without it all are in the Report.
  std::function<void(TargetReport)> on_target;
};

/// Fetches every planned profile of every target and hands it to every sink.
/// A target that fails is rows in the report and does not affect others: what
/// it does not answer in time costs one timeout, however many profiles. After a
/// stop request what was fetched is still delivered, and the rest is reported
/// as interrupted.
async::Task<Report> run_round(RoundParts parts, RoundOptions options,
                              std::vector<Target> targets);

}  // namespace kprofefe::collect
