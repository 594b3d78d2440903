// SPDX-License-Identifier: MIT
#include "cmd/cluster_flags.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>
#include <utility>

namespace kprofefe::cmd {
namespace {

constexpr const char* k_cluster_group = "Which cluster";
constexpr const char* k_user_group = "As whom";
constexpr const char* k_ignored_group =
    "Accepted for kubectl compatibility; ignored";

/// Given twice, the last holds, as with kubectl.
CLI::Option* add(CLI::App& app, const char* name, std::string& into,
                 const char* help, const char* type) {
  return app.add_option(name, into, help)->type_name(type);
}

/// May be given again and again, each time with one value.
void add_list(CLI::App& app, const char* name, std::vector<std::string>& into,
              const char* help, const char* type) {
  app.add_option(name, into, help)
      ->type_name(type)
      ->group(k_user_group)
      ->allow_extra_args(false);
}

void add_cluster(CLI::App& app, ClusterFlags& flags) {
  kube::ClusterChoice& choice = flags.choice;
  for (CLI::Option* option : {
           add(app, "--kubeconfig", choice.kubeconfig,
               "Kubeconfig to use (default: $KUBECONFIG, ~/.kube/config)",
               "FILE"),
           add(app, "--context", choice.context,
               "Context of the kubeconfig to use", "NAME"),
           add(app, "--cluster", choice.cluster_name,
               "Cluster of the kubeconfig to use", "NAME"),
           add(app, "-s,--server", choice.cluster.server,
               "Address of the API server", "URL"),
           add(app, "--certificate-authority", choice.cluster.ca_file,
               "Certificates that the API server's is verified with", "FILE"),
           add(app, "--tls-server-name", choice.cluster.tls_server_name,
               "Name in the API server's certificate", "NAME"),
           add(app, "--request-timeout", flags.request_timeout,
               "How long one request to the API server may take; 0: no limit",
               "DURATION")
               ->capture_default_str(),
           add(app, "--kuberc", flags.kuberc,
               "Preferences of kubectl to use, whose policy says which "
               "credential plugins may run; off: none (default: $KUBERC, "
               "~/.kube/kuberc)",
               "FILE"),
           app.add_flag("--insecure-skip-tls-verify", choice.cluster.insecure,
                        "Do not verify the API server's certificate"),
       }) {
    option->group(k_cluster_group);
  }
}

void add_user(CLI::App& app, ClusterFlags& flags) {
  kube::User& user = flags.choice.user;
  for (CLI::Option* option : {
           add(app, "--user", flags.choice.user_name,
               "User of the kubeconfig to use", "NAME"),
           add(app, "--token", user.token, "Bearer token", "TOKEN"),
           add(app, "--username", user.username, "For basic authentication",
               "NAME"),
           add(app, "--password", user.password, "For basic authentication",
               "PASSWORD"),
           add(app, "--client-certificate", user.cert_file,
               "Client certificate", "FILE"),
           add(app, "--client-key", user.key_file,
               "Key of the client certificate", "FILE"),
           add(app, "--as", user.impersonate.user, "User to impersonate",
               "NAME"),
           add(app, "--as-uid", user.impersonate.uid, "UID to impersonate",
               "UID"),
       }) {
    option->group(k_user_group);
  }
  add_list(app, "--as-group", user.impersonate.groups,
           "Group to impersonate; may be repeated", "NAME");
  add_list(app, "--as-user-extra", flags.user_extra,
           "Extra of the user to impersonate; may be repeated", "KEY=VALUE");
}

/// A flag of `kubectl options` that means nothing here.
struct IgnoredFlag {
  const char* name;
  const char* type;  ///< null: it takes no value
  const char* help;
};

constexpr auto k_ignored = std::to_array<IgnoredFlag>({
    {"-v,--v", "N", "How much is logged"},
    {"--vmodule", "PATTERN=N,...", "The same by source file"},
    {"--log-flush-frequency", "DURATION", "How often logs are flushed"},
    {"--cache-dir", "DIR", "Nothing is cached"},
    {"--profile", "NAME", "A profile of kubectl itself"},
    {"--profile-output", "FILE", "Where it goes"},
    {"--disable-compression", nullptr, "Answers are not compressed"},
    {"--match-server-version", nullptr, "Any version of the server will do"},
    {"--warnings-as-errors", nullptr, "Warnings of the server stay warnings"},
});

void add_ignored(CLI::App& app) {
  for (const IgnoredFlag& flag : k_ignored) {
    CLI::Option* const option =
        flag.type != nullptr
            ? app.add_option(flag.name, flag.help)->type_name(flag.type)
            : app.add_flag(flag.name, flag.help);
    option->group(k_ignored_group);
  }
}

}  // namespace

void add_cluster_flags(CLI::App& app, ClusterFlags& flags) {
  add_cluster(app, flags);
  add_user(app, flags);
  add_ignored(app);
}

Env with_kuberc(const ClusterFlags& flags, Env env) {
  if (!flags.kuberc.empty()) {
    env.variables.insert_or_assign("KUBERC", flags.kuberc);
  }
  return env;
}

bool names_cluster(const ClusterFlags& flags) {
  const kube::ClusterChoice& choice = flags.choice;
  return !choice.kubeconfig.empty() || !choice.context.empty() ||
         !choice.cluster_name.empty() || !choice.user_name.empty() ||
         !choice.cluster.server.empty();
}

Result<kube::ClusterChoice> read_choice(const ClusterFlags& flags) {
  kube::ClusterChoice choice = flags.choice;
  for (const std::string& text : flags.user_extra) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      return fail(
          ErrorKind::usage,
          fmt::format("--as-user-extra: \"{}\" is not key=value", text));
    }
    choice.user.impersonate.extra[text.substr(0, equals)].push_back(
        text.substr(equals + 1));
  }
  return choice;
}

Result<Milliseconds> read_request_timeout(const ClusterFlags& flags) {
  constexpr Milliseconds k_no_limit = std::chrono::hours(24 * 365);
  const std::string& text = flags.request_timeout;
  const bool seconds = !text.empty() && text.find_first_not_of("0123456789") ==
                                            std::string::npos;
  const Result<Milliseconds> timeout =
      parse_duration(seconds ? text + "s" : text);
  if (!timeout || timeout->count() < 0) {
    return fail(ErrorKind::usage,
                fmt::format("--request-timeout: \"{}\" is no time to wait; "
                            "write it like 30s",
                            text));
  }
  return timeout->count() == 0 ? k_no_limit : *timeout;
}

}  // namespace kprofefe::cmd
