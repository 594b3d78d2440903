// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "kube/cluster_choice.hpp"
#include "kube/config/kubeconfig.hpp"

#include <string>
#include <vector>

namespace kprofefe::kube {

/// A context, its cluster and its user, with the flags laid over them; each is
/// empty where there is none.
struct ChosenContext {
  std::string name;  ///< empty: no context was chosen
  Context context;
  Cluster cluster;
  User user;
  bool has_cluster = false;  ///< the cluster's entry exists
  /// We run in a pod, and this is its cluster and service account.
  bool in_cluster = false;
  std::vector<std::string> warnings;

  /// For messages: `context "dev" of FILE`, `cluster "c" in FILE`,
  /// `user "u" in FILE`; what stands for them where there is no entry.
  [[nodiscard]] std::string source() const;
  [[nodiscard]] std::string cluster_source() const;
  [[nodiscard]] std::string user_source() const;
};

/// What `choice` means in `config` (client-go's DirectClientConfig): its
/// context or the current one, whose parts --cluster and --user replace. That
/// nothing is chosen at all is no error: then there is no server. Errors:
/// config, when something that was named does not exist.
Result<ChosenContext> choose_context(const Kubeconfig& config,
                                     const ClusterChoice& choice);

/// Lays the flags over the entries, as choose_context() does: --server takes
/// back the entry's tls-server-name, --certificate-authority its
/// insecure-skip-tls-verify and the other way round.
void override_entries(ChosenContext& chosen, const ClusterChoice& choice);

/// `contexts in FILE: a, b, ...`: the available contexts.
std::string describe_contexts(const Kubeconfig& config);

}  // namespace kprofefe::kube
