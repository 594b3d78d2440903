// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "base/result.hpp"
#include "collect/fetch.hpp"
#include "collect/route.hpp"
#include "collect/target.hpp"
#include "pprof/index.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::collect {

/// What a target said when it was asked what it offers.
struct Probe {
  std::vector<pprof::IndexEntry> profiles;
  std::optional<Error> failure;  ///< it did not say
  std::string_view via;          ///< the route: `pod-ip`, `port-forward`, ...
  std::string fallback_reason;   ///< why not the first choice; or empty
};

struct ProbeOptions {
  std::size_t concurrency = 1;  ///< targets at the same time
  std::chrono::milliseconds timeout{15000};
  FetchOptions fetch;
};

/// Asks each target for net/http/pprof's index; the answers in their order.
/// All pointers must outlive the task.
async::Task<std::vector<Probe>> probe_targets(
    Route* route, const ProbeOptions* options,
    const std::vector<Target>* targets);

}  // namespace kprofefe::collect
