// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"
#include "kube/cluster_choice.hpp"
#include "kube/cluster_config.hpp"
#include "kube/config/context.hpp"

#include <string>
#include <string_view>

namespace kprofefe::kube {

/// What is to be used of the kubeconfig, the pod we run in and
/// $KUBERNETES_MASTER, with the flags laid over it: client-go's rules. There is
/// a server. Errors: config, not_found.
Result<ChosenContext> choose_cluster(const ClusterChoice& choice,
                                     const Env& env);

/// The same as a cluster to talk to. Certificates and keys are read here.
/// Errors: config, not_found.
Result<ClusterConfig> resolve_cluster(const ClusterChoice& choice,
                                      const Env& env);

}  // namespace kprofefe::kube
