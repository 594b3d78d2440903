// SPDX-License-Identifier: MIT
#pragma once

#include "base/duration.hpp"
#include "base/env.hpp"
#include "base/result.hpp"
#include "kube/cluster_choice.hpp"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace kprofefe::cmd {

/// Which cluster, and as whom: kubectl's own flags with kubectl's meaning.
struct ClusterFlags {
  kube::ClusterChoice choice;
  std::vector<std::string> user_extra;  ///< `key=value`
  std::string request_timeout = "2m";
  std::string kuberc;  ///< stands for $KUBERC; empty: as it is set
};

/// Adds every flag of `kubectl options`, also those that mean nothing here, so
/// that scripts and aliases keep working; save for -n, a flag of pods.
void add_cluster_flags(CLI::App& app, ClusterFlags& flags);

/// Whether they say which cluster is meant, rather than leave it to the
/// kubeconfig that is there.
bool names_cluster(const ClusterFlags& flags);

/// `env` with what the flags put in the place of its variables.
Env with_kuberc(const ClusterFlags& flags, Env env);

/// What the flags choose. Errors: usage.
Result<kube::ClusterChoice> read_choice(const ClusterFlags& flags);

/// --request-timeout as kubectl reads it: a duration, or seconds; 0: no limit.
/// Errors: usage.
Result<Milliseconds> read_request_timeout(const ClusterFlags& flags);

}  // namespace kprofefe::cmd
