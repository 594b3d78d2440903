// SPDX-License-Identifier: MIT
#include "kube/config/context.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string_view>
#include <vector>

namespace kprofefe::kube {
namespace {

void override_text(std::string& field, const std::string& flag) {
  if (!flag.empty()) {
    field = flag;
  }
}

void override_cluster(Cluster& cluster, const Cluster& flags) {
  override_text(cluster.server, flags.server);
  cluster.disable_compression |= flags.disable_compression;
  if (flags.insecure || !flags.ca_file.empty()) {
    cluster.insecure = flags.insecure;
    cluster.ca_file = flags.ca_file;
    cluster.ca_data.clear();
  }
  if (!flags.server.empty() || !flags.tls_server_name.empty()) {
    cluster.tls_server_name = flags.tls_server_name;
  }
}

void override_impersonation(Impersonation& of, const Impersonation& flags) {
  override_text(of.user, flags.user);
  override_text(of.uid, flags.uid);
  if (!flags.groups.empty()) {
    of.groups = flags.groups;
  }
  for (const auto& [key, values] : flags.extra) {
    of.extra.insert_or_assign(key, values);
  }
}

void override_user(User& user, const User& flags) {
  override_text(user.token, flags.token);
  override_text(user.cert_file, flags.cert_file);
  override_text(user.key_file, flags.key_file);
  override_text(user.username, flags.username);
  override_text(user.password, flags.password);
  override_impersonation(user.impersonate, flags.impersonate);
}

/// Says who we are without the user's entry.
bool identifies(const User& flags) {
  return !flags.token.empty() || !flags.username.empty() ||
         !flags.cert_file.empty();
}

Result<void> find_context(const Kubeconfig& config, bool is_flag,
                          ChosenContext& chosen) {
  const auto found = config.contexts.find(chosen.name);
  if (found != config.contexts.end()) {
    chosen.context = found->second;
    return {};
  }
  if (chosen.name.empty()) {
    return {};
  }
  if (config.empty()) {
    return fail(ErrorKind::config,
                fmt::format("context \"{}\" does not exist: no kubeconfig was "
                            "found, or it is empty",
                            chosen.name));
  }
  const std::string origin = is_flag
                                 ? ""
                                 : fmt::format(" (the current-context of {})",
                                               config.current_context_file);
  return fail(ErrorKind::config,
              fmt::format("context \"{}\" does not exist{}; {}", chosen.name,
                          origin, describe_contexts(config)));
}

/// Finds the entry that the context or a flag names; one may be named "", and
/// then it is what nothing names, as in client-go's map. `is_needed` is false
/// where flags say all that the entry could.
template <typename Entry>
Result<bool> find_entry(const Kubeconfig::Named<Entry>& entries,
                        std::string_view kind, bool is_needed,
                        const ChosenContext& chosen, Entry& into) {
  const std::string& name =
      kind == "cluster" ? chosen.context.cluster : chosen.context.user;
  const auto found = entries.find(name);
  if (found != entries.end()) {
    into = found->second;
    return true;
  }
  if (!is_needed || name.empty()) {
    return false;
  }
  return fail(ErrorKind::config, fmt::format("{} \"{}\" was not found for {}",
                                             kind, name, chosen.source()));
}

/// What --cluster and --user name must exist.
Result<void> check_names(const Kubeconfig& config,
                         const ClusterChoice& choice) {
  if (!choice.cluster_name.empty() &&
      !config.clusters.contains(choice.cluster_name)) {
    return fail(
        ErrorKind::config,
        fmt::format("no server found for cluster \"{}\"", choice.cluster_name));
  }
  if (!choice.user_name.empty() && !config.users.contains(choice.user_name)) {
    return fail(
        ErrorKind::config,
        fmt::format("auth info \"{}\" does not exist", choice.user_name));
  }
  return {};
}

}  // namespace

std::string ChosenContext::source() const {
  if (in_cluster) {
    return "the service account of this pod";
  }
  return name.empty() ? cluster_source()
                      : fmt::format("context \"{}\" of {}", name, context.file);
}

std::string ChosenContext::cluster_source() const {
  if (cluster.file.empty()) {
    return in_cluster ? "the cluster of this pod" : "the flags";
  }
  return fmt::format("cluster \"{}\" in {}", context.cluster, cluster.file);
}

std::string ChosenContext::user_source() const {
  if (user.file.empty()) {
    return in_cluster ? "the service account" : "the flags";
  }
  return fmt::format("user \"{}\" in {}", context.user, user.file);
}

std::string describe_contexts(const Kubeconfig& config) {
  constexpr std::size_t k_shown = 8;
  std::vector<std::string_view> names;
  for (const auto& [name, context] : config.contexts) {
    if (names.size() < k_shown) {
      names.emplace_back(name);
    }
  }
  if (names.empty()) {
    return fmt::format("{} has no contexts", fmt::join(config.files, ":"));
  }
  return fmt::format("contexts in {}: {}{}", fmt::join(config.files, ":"),
                     fmt::join(names, ", "),
                     names.size() < config.contexts.size() ? ", ..." : "");
}

Result<ChosenContext> choose_context(const Kubeconfig& config,
                                     const ClusterChoice& choice) {
  const bool is_flag = !choice.context.empty();
  ChosenContext chosen{.name =
                           is_flag ? choice.context : config.current_context};
  TRY(find_context(config, is_flag, chosen));
  TRY(check_names(config, choice));
  override_text(chosen.context.cluster, choice.cluster_name);
  override_text(chosen.context.user, choice.user_name);
  const bool needs_cluster = choice.cluster.server.empty();
  if (chosen.context.cluster.empty() && !chosen.name.empty() && needs_cluster &&
      !config.clusters.contains("")) {
    return fail(ErrorKind::config,
                "cluster was not specified for " + chosen.source());
  }
  TRY_ASSIGN(chosen.has_cluster,
             find_entry(config.clusters, "cluster", needs_cluster, chosen,
                        chosen.cluster));
  TRY(find_entry(config.users, "user", !identifies(choice.user), chosen,
                 chosen.user));
  override_entries(chosen, choice);
  return chosen;
}

void override_entries(ChosenContext& chosen, const ClusterChoice& choice) {
  override_cluster(chosen.cluster, choice.cluster);
  override_user(chosen.user, choice.user);
}

}  // namespace kprofefe::kube
