// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "cli/flag_group.hpp"
#include "collect/pod_source.hpp"
#include "kube/open_cluster.hpp"

#include <string>

namespace kprofefe::cmd {

/// Which cluster and which pods: the flags that capture, collect, targets and
/// the reading commands share, spelt as kubectl's.
struct PodFlags {
  kube::ClusterRequest cluster;
  collect::PodRequest pods;  ///< without those of -f
  std::string filename;      ///< pods from here, no API server; `-`: stdin
};

/// Adds the flags that choose pods and cluster; of a reading command they are
/// `scoped`.
void add_pod_flags(CLI::App& app, PodFlags& flags,
                   cli::ScopedFlags* scoped = nullptr);

/// Adds `POD...`, the pods by name.
CLI::Option* add_pod_names(CLI::App& app, PodFlags& flags, const char* help);

/// Whether the flags alone select pods, or say where they are listed.
bool selects_pods(const PodFlags& flags);

/// The request, with the pods of -f. Blocks while it reads: call it before
/// signals are caught, so that they can end it. Errors: usage (flags that
/// exclude each other), io, malformed.
Result<collect::PodRequest> complete(const PodFlags& flags);

}  // namespace kprofefe::cmd
