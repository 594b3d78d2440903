// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/cluster_flags.hpp"
#include "cmd/streams.hpp"

#include "base/result.hpp"
#include "http/client.hpp"
#include "kube/api.hpp"

#include <memory>
#include <stop_token>
#include <string>

namespace kprofefe::cmd {

/// The API server that flags and kubeconfig choose, and what they say beside.
struct OpenCluster {
  std::unique_ptr<kube::Api> api;
  std::string ns;           ///< by -n, else the context's
  bool in_cluster = false;  ///< we run in it: the addresses of its pods work
};

/// Nothing is asked of the API server yet. Notes what the kubeconfig is to be
/// warned of, and later, each once, of what the API server warns. `client` and
/// `context` must outlive the cluster. Errors: usage, config,
/// not_found.
Result<OpenCluster> open_cluster(const ClusterFlags& flags,
                                 const Context& context, http::Client* client,
                                 std::stop_token stop);

}  // namespace kprofefe::cmd
