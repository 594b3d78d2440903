// SPDX-License-Identifier: MIT
#pragma once

#include "base/duration.hpp"
#include "base/result.hpp"
#include "kube/open_cluster.hpp"

#include <string_view>

namespace CLI {
class App;
}

namespace kprofefe::cmd {

/// Adds every flag of `kubectl options` with kubectl's meaning, also those that
/// mean nothing here, so that scripts and aliases keep working; save for -n, a
/// flag of pods. `request` must live as long as the command.
void add_cluster_flags(CLI::App& app, kube::ClusterRequest& request,
                       bool is_shown = false);

/// --request-timeout as kubectl reads it: a duration, or seconds; 0: no limit.
/// Errors: usage.
Result<Milliseconds> read_request_timeout(std::string_view text);

}  // namespace kprofefe::cmd
