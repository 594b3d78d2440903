// SPDX-License-Identifier: MIT
#include "kube/resolve_cluster.hpp"

#include "base/text.hpp"
#include "kube/connect.hpp"
#include "kube/in_cluster.hpp"
#include "kube/kubeconfig_load.hpp"
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

/// Also in a pod that was given a kubeconfig, as kubectl there.
std::string default_namespace(const ChosenContext& chosen, const Env& env) {
  if (!chosen.context.ns.empty()) {
    return chosen.context.ns;
  }
  return in_cluster_possible(env) ? in_cluster_namespace(env) : "default";
}

std::unexpected<Error> no_namespace(ErrorKind kind, std::string_view ns) {
  return fail(kind,
              fmt::format("invalid namespace \"{}\": use 1 to 63 of a-z, 0-9 "
                          "and - (not at the ends)",
                          one_line(ns)));
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
    const Error why = no_namespace(ErrorKind::config, ns).error();
    return std::unexpected(why.with_context(chosen.source()));
  }
  return {};
}

std::unexpected<Error> fail_without_configuration(const Kubeconfig& config,
                                                  const Env& env) {
  std::string looked = "no kubeconfig was named and $HOME is not set";
  if (!config.missing.empty()) {
    looked =
        fmt::format("there is no {}", fmt::join(config.missing, " and no "));
  } else if (!config.files.empty()) {
    looked = fmt::format("{} is empty", fmt::join(config.files, " and "));
  } else if (env.get("KUBECONFIG")) {
    looked = "KUBECONFIG names no file";
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
                fmt::format("no context is chosen: name one with --context or "
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

Result<std::string> parse_namespace(std::string_view text) {
  const std::string_view name = without_kind(text);
  if (!is_dns_label(name)) {
    return no_namespace(ErrorKind::usage, name);
  }
  return std::string(name);
}

}  // namespace kprofefe::kube
