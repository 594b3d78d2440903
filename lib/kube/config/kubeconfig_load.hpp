// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"
#include "kube/cluster_choice.hpp"
#include "kube/config/kubeconfig.hpp"

#include <string>
#include <vector>

namespace kprofefe::kube {

/// Finds, reads and merges as kubectl does (client-go's clientcmd/loader.go):
/// `explicit_path` when not empty, which must exist and is not merged; else
/// $KUBECONFIG, a list with `:` whose missing files are passed over; else
/// ~/.kube/config. The first file wins, a whole entry at a time. Errors:
/// config (names file and line), not_found.
Result<Kubeconfig> load_kubeconfig(const std::string& explicit_path,
                                   const Env& env);

/// The files that load_kubeconfig() would look for, in order.
std::vector<std::string> kubeconfig_paths(const std::string& explicit_path,
                                          const Env& env);

/// load_kubeconfig(), but where the files are plain and `choice` finds in them
/// what it names, only that is read: the rest is neither there nor checked.
/// Errors: as load_kubeconfig().
Result<Kubeconfig> load_chosen(const ClusterChoice& choice, const Env& env);

}  // namespace kprofefe::kube
