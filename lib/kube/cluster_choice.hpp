// SPDX-License-Identifier: MIT
#pragma once

#include "kube/config/kubeconfig.hpp"

#include <cstdint>
#include <string>

namespace kprofefe::kube {

/// Which configuration comes first where both could be used.
enum class ConfigOrder : std::uint8_t {
  kubeconfig_first,  ///< as kubectl: people
  in_cluster_first   ///< unless the user names a kubeconfig: the collector
};

/// What the command line says of the cluster; empty: nothing.
struct ClusterChoice {
  std::string kubeconfig;    ///< --kubeconfig
  std::string context;       ///< --context
  std::string ns;            ///< --namespace; `ns/x`, `namespace/x` mean `x`
  std::string cluster_name;  ///< --cluster: another entry than the context's
  std::string user_name;     ///< --user, as well
  /// Flags that take the place of fields: --server, --token ... (client-go's
  /// ConfigOverrides); `file` is not used.
  Cluster cluster;
  User user;
  ConfigOrder order = ConfigOrder::kubeconfig_first;

  /// It selects a cluster, rather than leave that to the kubeconfig
  /// that is there.
  [[nodiscard]] bool names_cluster() const {
    return !kubeconfig.empty() || !context.empty() || !cluster_name.empty() ||
           !user_name.empty() || !cluster.server.empty();
  }
};

}  // namespace kprofefe::kube
