// SPDX-License-Identifier: MIT
#pragma once

#include "kube/open_cluster.hpp"

namespace CLI {
class App;
}

namespace kprofefe::cmd {

/// Adds every flag of `kubectl options` with kubectl's meaning, also those that
/// mean nothing here, so that scripts and aliases keep working; save for -n, a
/// flag of pods. `request` must live as long as the command.
void add_cluster_flags(CLI::App& app, kube::ClusterRequest& request,
                       bool is_shown = false);

/// Adds -v. `verbosity` must live as long as the command.
void add_verbosity_flag(CLI::App& app, int& verbosity, bool is_shown = false);

}  // namespace kprofefe::cmd
