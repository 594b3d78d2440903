// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"
#include "http/message.hpp"
#include "http/url.hpp"
#include "kube/credentials.hpp"
#include "kube/kubeconfig.hpp"

#include <memory>
#include <string>
#include <vector>

namespace kprofefe::kube {

/// Everything that is needed to talk to one API server as one user.
struct ClusterConfig {
  http::Url server;  ///< a path is a prefix of every API path (Rancher)
  std::shared_ptr<const http::Tls> tls;
  std::shared_ptr<Credentials> credentials;  ///< never null, shared by copies
  /// Where to look when no namespace is named; a valid name.
  std::string ns;

  /// For messages: `context "dev" of /home/me/.kube/config`.
  std::string source;
  /// What the server's certificate is verified with.
  std::string ca_source;
  /// What we show the server: `the token of user "x" in FILE`; empty: nothing.
  std::string identity;
  /// We run in a pod of that very cluster, with its service account.
  bool in_cluster = false;
  std::vector<std::string> warnings;
};

/// Which configuration comes first where both could be used.
enum class ConfigOrder {
  kubeconfig_first,  ///< as kubectl: people
  in_cluster_first   ///< unless the user names a kubeconfig: the collector
};

/// What the command line says of the cluster; empty: nothing.
struct ClusterChoice {
  std::string kubeconfig;  ///< --kubeconfig
  std::string context;     ///< --context
  std::string ns;          ///< --namespace; `ns/x` and `namespace/x` mean `x`
  ConfigOrder order = ConfigOrder::kubeconfig_first;
};

/// The cluster to use, by kubeconfig, the pod we run in, or
/// $KUBERNETES_MASTER, with client-go's rules and close to kubectl's words.
/// Certificates and keys are read here. Errors: config, not_found.
Result<ClusterConfig> resolve_cluster(const ClusterChoice& choice,
                                      const Env& env);

/// The cluster that `choice` (its context and namespace) means in `config`,
/// which must not be empty. Errors: config.
Result<ClusterConfig> resolve_context(const Kubeconfig& config,
                                      const ClusterChoice& choice,
                                      const Env& env);

}  // namespace kprofefe::kube
