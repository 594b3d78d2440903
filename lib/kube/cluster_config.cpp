// SPDX-License-Identifier: MIT
#include "kube/cluster_config.hpp"

#include "base/text.hpp"
#include "kube/context.hpp"
#include "kube/in_cluster.hpp"
#include "kube/names.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string_view>
#include <utility>

namespace kprofefe::kube {
namespace {

bool names_a_kubeconfig(const ClusterChoice& choice, const Env& env) {
  return !choice.kubeconfig.empty() || !choice.context.empty() ||
         env.get("KUBECONFIG");
}

/// kubectl takes `-n ns/x` as it takes `-n x`.
std::string_view without_kind(std::string_view ns) {
  const auto slash = ns.find('/');
  if (slash == std::string_view::npos) {
    return ns;
  }
  const std::string_view kind = ns.substr(0, slash);
  const bool known = equals_ignoring_case(kind, "ns") ||
                     equals_ignoring_case(kind, "namespace") ||
                     equals_ignoring_case(kind, "namespaces");
  return known ? ns.substr(slash + 1) : ns;
}

Result<ClusterConfig> with_namespace(Result<ClusterConfig> cluster,
                                     const ClusterChoice& choice) {
  if (!cluster) {
    return cluster;
  }
  if (!choice.ns.empty()) {
    cluster->ns = without_kind(choice.ns);
  }
  if (!is_dns_label(cluster->ns)) {
    return fail(choice.ns.empty() ? ErrorKind::config : ErrorKind::usage,
                fmt::format("namespace \"{}\" is no valid name: 1 to 63 of "
                            "a-z, 0-9 and - (not at the ends)",
                            one_line(cluster->ns)));
  }
  return cluster;
}

/// Also in a pod that was given a kubeconfig, as kubectl there.
std::string default_namespace(const Context& context, const Env& env) {
  if (!context.ns.empty()) {
    return context.ns;
  }
  return in_cluster_possible(env) ? in_cluster_namespace(env) : "default";
}

/// $KUBERNETES_MASTER: a server without credentials, as kubectl has it for a
/// `kubectl proxy` on the same machine.
Result<ClusterConfig> cluster_of_master(const std::string& server,
                                        const ClusterChoice& choice,
                                        const Env& env) {
  constexpr std::string_view k_name = "KUBERNETES_MASTER";
  Kubeconfig config;
  Cluster& cluster = config.clusters[std::string(k_name)];
  cluster.file = "the environment";
  cluster.server = server;
  Context& context = config.contexts[std::string(k_name)];
  context.file = "the environment";
  context.cluster = k_name;
  config.current_context = k_name;
  return resolve_context(config, choice, env);
}

std::unexpected<Error> fail_without_configuration(const Kubeconfig& config,
                                                  const Env& env) {
  std::string looked = "no kubeconfig was named and $HOME is not set";
  if (!config.missing.empty()) {
    looked =
        fmt::format("there is no {}", fmt::join(config.missing, " and no "));
  } else if (!config.files.empty()) {
    looked = fmt::format("{} is empty", fmt::join(config.files, " and "));
  }
  const std::string pod =
      env.get("KUBERNETES_SERVICE_HOST")
          ? fmt::format(
                "there is no service account token in {} (is "
                "automountServiceAccountToken off?)",
                in_cluster_token_file(env))
          : "this is no pod of a cluster";
  return fail(ErrorKind::config,
              fmt::format("invalid configuration: no configuration has been "
                          "provided: {}, and {}; name a kubeconfig with "
                          "--kubeconfig or KUBECONFIG",
                          looked, pod));
}

/// The kubeconfig, and where that is empty what else there is.
Result<ClusterConfig> choose(const Kubeconfig& config,
                             const ClusterChoice& choice, const Env& env) {
  if (!config.empty()) {
    return resolve_context(config, choice, env);
  }
  if (!choice.context.empty()) {
    return fail(ErrorKind::config,
                fmt::format("context \"{}\" does not exist: no kubeconfig was "
                            "found, or it is empty",
                            choice.context));
  }
  if (in_cluster_possible(env)) {
    return with_namespace(in_cluster_config(env), choice);
  }
  if (const auto server = env.get("KUBERNETES_MASTER")) {
    return cluster_of_master(*server, choice, env);
  }
  return fail_without_configuration(config, env);
}

}  // namespace

Result<ClusterConfig> resolve_cluster(const ClusterChoice& choice,
                                      const Env& env) {
  if (choice.order == ConfigOrder::in_cluster_first &&
      !names_a_kubeconfig(choice, env) && in_cluster_possible(env)) {
    return with_namespace(in_cluster_config(env), choice);
  }
  TRY_ASSIGN(const Kubeconfig config, load_kubeconfig(choice.kubeconfig, env));
  Result<ClusterConfig> cluster = choose(config, choice, env);
  if (cluster) {
    cluster->warnings.insert(cluster->warnings.begin(), config.warnings.begin(),
                             config.warnings.end());
  }
  return cluster;
}

Result<ClusterConfig> resolve_context(const Kubeconfig& config,
                                      const ClusterChoice& choice,
                                      const Env& env) {
  TRY_ASSIGN(const ContextEntries entries,
             find_context(config, choice.context));
  Result<ClusterConfig> cluster = connect_context(entries);
  if (cluster) {
    cluster->ns = default_namespace(*entries.context, env);
  }
  return with_namespace(std::move(cluster), choice);
}

}  // namespace kprofefe::kube
