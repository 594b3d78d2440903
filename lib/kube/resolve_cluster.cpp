// SPDX-License-Identifier: MIT
#include "kube/resolve_cluster.hpp"

#include "base/text.hpp"
#include "kube/auth/connect.hpp"
#include "kube/config/in_cluster.hpp"
#include "kube/config/kubeconfig_load.hpp"
#include "kube/names.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string_view>
#include <utility>

namespace kprofefe::kube {
namespace {

bool names_a_kubeconfig(const ClusterChoice& choice, const Env& env) {
  return choice.names_cluster() || env.get("KUBECONFIG");
}

/// Also in a pod that was given a kubeconfig, as kubectl there.
std::string default_namespace(const ChosenContext& chosen, const Env& env) {
  if (!chosen.context.ns.empty()) {
    return chosen.context.ns;
  }
  return in_cluster_possible(env) ? in_cluster_namespace(env) : "default";
}

Result<void> set_namespace(const ClusterChoice& choice, ChosenContext& chosen,
                           const Env& env) {
  std::string& ns = chosen.context.ns;
  if (!choice.ns.empty()) {
    TRY_ASSIGN(ns, parse_namespace(choice.ns));
    return {};
  }
  ns = default_namespace(chosen, env);
  if (!is_dns_label(ns)) {
    return fail(
        ErrorKind::config,
        parse_namespace(ns).error().with_context(chosen.source()).message);
  }
  return {};
}

std::unexpected<Error> fail_without_configuration(const Kubeconfig& config,
                                                  const Env& env) {
  std::string looked = "no kubeconfig was specified and $HOME is not set";
  if (!config.missing.empty()) {
    looked = fmt::format("no such file: {}", fmt::join(config.missing, ", "));
  } else if (!config.files.empty()) {
    looked = fmt::format("{} is empty", fmt::join(config.files, " and "));
  } else if (env.get("KUBECONFIG")) {
    looked = "KUBECONFIG lists no file";
  }
  const std::string pod = env.get("KUBERNETES_SERVICE_HOST")
                              ? fmt::format(
                                    "no service account token in {} (is "
                                    "automountServiceAccountToken off?)",
                                    in_cluster_token_file(env))
                              : "not running in a cluster";
  return fail(ErrorKind::config,
              fmt::format("invalid configuration: no configuration has been "
                          "provided: {}; {}; set "
                          "--kubeconfig or KUBECONFIG",
                          looked, pod));
}

Result<ChosenContext> choose_pod(const ClusterChoice& choice, const Env& env) {
  TRY_ASSIGN(ChosenContext pod, in_cluster_context(env));
  if (!choice.user.token.empty()) {
    pod.user.token_file.clear();
  }
  override_entries(pod, choice);
  return pod;
}

/// The kubeconfig, and where that says nothing what else there is.
Result<ChosenContext> choose(const Kubeconfig& config,
                             const ClusterChoice& choice, const Env& env) {
  TRY_ASSIGN(ChosenContext chosen, choose_context(config, choice));
  if (!chosen.cluster.server.empty()) {
    return chosen;
  }
  if (!chosen.has_cluster && in_cluster_possible(env)) {
    return choose_pod(choice, env);
  }
  // As kubectl has it for a `kubectl proxy` on the same machine.
  if (const auto server = env.get("KUBERNETES_MASTER")) {
    chosen.cluster.server = *server;
    if (!chosen.has_cluster) {
      chosen.context.cluster = "KUBERNETES_MASTER";
      chosen.cluster.file = "the environment";
    }
    return chosen;
  }
  if (chosen.has_cluster) {
    return fail(ErrorKind::config, chosen.cluster_source() + " has no server");
  }
  if (!config.empty()) {
    return fail(ErrorKind::config,
                fmt::format("no context selected: use --context or "
                            "kubectl config use-context; {}",
                            describe_contexts(config)));
  }
  return fail_without_configuration(config, env);
}

}  // namespace

Result<ChosenContext> choose_cluster(const ClusterChoice& choice,
                                     const Env& env) {
  if (choice.order == ConfigOrder::in_cluster_first &&
      !names_a_kubeconfig(choice, env) && in_cluster_possible(env)) {
    TRY_ASSIGN(ChosenContext pod, choose_pod(choice, env));
    TRY(set_namespace(choice, pod, env));
    return pod;
  }
  TRY_ASSIGN(const Kubeconfig config, load_chosen(choice, env));
  TRY_ASSIGN(ChosenContext chosen, choose(config, choice, env));
  TRY(set_namespace(choice, chosen, env));
  chosen.warnings.insert(chosen.warnings.begin(), config.warnings.begin(),
                         config.warnings.end());
  return chosen;
}

Result<ClusterConfig> resolve_cluster(const ClusterChoice& choice,
                                      const Env& env) {
  TRY_ASSIGN(const ChosenContext chosen, choose_cluster(choice, env));
  TRY_ASSIGN(ClusterConfig cluster, connect_context(chosen, env));
  cluster.ns = chosen.context.ns;
  return cluster;
}

}  // namespace kprofefe::kube
