// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"
#include "kube/cluster_config.hpp"
#include "kube/config/context.hpp"

namespace kprofefe::kube {

/// Server, proxy, TLS and credentials of a context; reads the files they are
/// in. All but the namespace is set. Errors: config.
Result<ClusterConfig> connect_context(const ChosenContext& chosen,
                                      const Env& env);

}  // namespace kprofefe::kube
