// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"
#include "kube/cluster_choice.hpp"
#include "kube/kubeconfig.hpp"

namespace kprofefe::kube {

/// load_kubeconfig(), but where the files are plain and `choice` finds in them
/// what it names, only that is read: the rest is neither there nor checked.
/// Errors: as load_kubeconfig().
Result<Kubeconfig> load_chosen(const ClusterChoice& choice, const Env& env);

}  // namespace kprofefe::kube
