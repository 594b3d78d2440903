// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "kube/cluster_config.hpp"
#include "kube/kubeconfig.hpp"

#include <string>

namespace kprofefe::kube {

/// A context of a kubeconfig with what it names. Points into the kubeconfig.
struct ContextEntries {
  std::string name;
  const Context* context = nullptr;
  const Cluster* cluster = nullptr;
  const User* user = nullptr;  ///< null: the context names none
};

/// The context called `name`, or the current one when that is empty. Errors:
/// config, when there is none, or its cluster or user does not exist.
Result<ContextEntries> find_context(const Kubeconfig& config,
                                    const std::string& name);

/// Server, TLS and credentials of a context; reads the files they are in. All
/// but the namespace and the warnings are set. Errors: config, also for every
/// field that we cannot honour.
Result<ClusterConfig> connect_context(const ContextEntries& entries);

}  // namespace kprofefe::kube
