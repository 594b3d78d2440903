// SPDX-License-Identifier: MIT
#pragma once

#include "base/duration.hpp"
#include "base/result.hpp"
#include "kube/api.hpp"
#include "kube/cluster_choice.hpp"
#include "session/session.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace kprofefe::kube {

/// Which cluster to talk to, as whom and how.
struct ClusterRequest {
  ClusterChoice choice;
  /// The file of kubectl's preferences, or `off`; empty: what $KUBERC says.
  std::string kuberc;
  std::chrono::milliseconds timeout{120000};  ///< of one request
};

/// --request-timeout as kubectl reads it: a duration, or seconds; 0: no limit.
/// Errors: usage.
Result<Milliseconds> parse_request_timeout(std::string_view text);

/// A cluster to ask, and what kubeconfig and flags say beside.
struct OpenCluster {
  std::unique_ptr<Api> api;
  std::string ns;           ///< the one that was named, else the context's
  bool in_cluster = false;  ///< we run in it: the addresses of its pods work
};

/// Nothing is asked of the API server yet. Notes what the kubeconfig is to be
/// warned of and later, each once, of what the API server warns. Errors: usage,
/// config, not_found.
Result<OpenCluster> open_cluster(const ClusterRequest& request,
                                 const Session& session);

}  // namespace kprofefe::kube
