// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"
#include "kube/config/context.hpp"

#include <string>

namespace kprofefe::kube {

/// True in a pod with a service account: its token is there, and Kubernetes
/// has set $KUBERNETES_SERVICE_HOST and _PORT.
bool in_cluster_possible(const Env& env);

/// The API server as a pod's service account sees it (client-go's
/// InClusterConfig). Errors: config.
Result<ChosenContext> in_cluster_context(const Env& env);

/// The namespace of the pod we run in: $POD_NAMESPACE, else the service
/// account's, else `default`.
std::string in_cluster_namespace(const Env& env);

/// Where the service account's token would be.
std::string in_cluster_token_file(const Env& env);

}  // namespace kprofefe::kube
