// SPDX-License-Identifier: MIT
#include "cmd/cluster_flags.hpp"

#include "cli/flag_group.hpp"
#include "cli/help.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <array>
#include <map>
#include <utility>

namespace kprofefe::cmd {
namespace {

using Extra = std::map<std::string, std::vector<std::string>>;

Result<Extra> read_extra(const std::vector<std::string>& texts) {
  Extra extra;
  for (const std::string& text : texts) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      return fail(
          ErrorKind::usage,
          fmt::format("invalid user extra \"{}\": use KEY=VALUE", text));
    }
    extra[text.substr(0, equals)].push_back(text.substr(equals + 1));
  }
  return extra;
}

void add_cluster(cli::FlagGroup flags, kube::ClusterRequest& request) {
  kube::ClusterChoice& choice = request.choice;
  flags.text("--kubeconfig", choice.kubeconfig, "FILE",
             "Path to the kubeconfig (default: $KUBECONFIG, ~/.kube/config)");
  flags.text("--context", choice.context, "NAME",
             "Context of the kubeconfig to use");
  flags.text("--cluster", choice.cluster_name, "NAME",
             "Cluster of the kubeconfig to use");
  flags.text("-s,--server", choice.cluster.server, "URL",
             "Address of the API server");
  flags.text("--certificate-authority", choice.cluster.ca_file, "FILE",
             "CA certificates to verify the API server with");
  flags.text("--tls-server-name", choice.cluster.tls_server_name, "NAME",
             "Name to expect in the API server's certificate");
  flags
      .parsed("--request-timeout", request.timeout, kube::parse_request_timeout,
              "DURATION",
              "Time limit for a single request to the API server; 0: no limit")
      ->default_str("2m");
  flags.text("--kuberc", request.kuberc, "FILE",
             "kubectl preferences file, whose policy decides which "
             "credential plugins may run; off: none (default: $KUBERC, "
             "~/.kube/kuberc)");
  flags.flag("--insecure-skip-tls-verify", choice.cluster.insecure,
             "Do not verify the API server's certificate");
}

void add_user(cli::FlagGroup flags, kube::ClusterChoice& choice) {
  kube::User& user = choice.user;
  flags.text("--user", choice.user_name, "NAME",
             "User of the kubeconfig to use");
  flags.text("--token", user.token, "TOKEN", "Bearer token");
  flags.text("--username", user.username, "NAME",
             "User name for basic authentication");
  flags.text("--password", user.password, "PASSWORD",
             "Password for basic authentication");
  flags.text("--client-certificate", user.cert_file, "FILE",
             "Client certificate");
  flags.text("--client-key", user.key_file, "FILE",
             "Key of the client certificate");
  flags.text("--as", user.impersonate.user, "NAME", "User to impersonate");
  flags.text("--as-uid", user.impersonate.uid, "UID", "UID to impersonate");
  flags.list("--as-group", user.impersonate.groups, "NAME",
             "Group to impersonate; may be repeated");
  flags.parsed_list("--as-user-extra", user.impersonate.extra, read_extra,
                    "KEY=VALUE",
                    "Extra field of the user to impersonate; may be repeated");
}

/// A flag of `kubectl options` that means nothing here.
struct IgnoredFlag {
  const char* name;
  const char* type;  ///< null: it takes no value
  const char* help;
};

constexpr auto k_ignored = std::to_array<IgnoredFlag>({
    {"--vmodule", "PATTERN=N,...", "Log level by source file"},
    {"--log-flush-frequency", "DURATION", "How often logs are flushed"},
    {"--cache-dir", "DIR", "Nothing is cached"},
    {"--profile-output", "FILE", "File for --profile"},
    {"--disable-compression", nullptr, "Responses are never compressed"},
    {"--match-server-version", nullptr, "Any server version works"},
    {"--warnings-as-errors", nullptr, "Server warnings stay warnings"},
});

void add_ignored(CLI::App& app, const std::string& heading) {
  for (const IgnoredFlag& flag : k_ignored) {
    CLI::Option* const option =
        flag.type != nullptr
            ? app.add_option(flag.name, flag.help)->type_name(flag.type)
            : app.add_flag(flag.name, flag.help);
    option->group(heading);
  }
  app.add_option("--profile", "Profile of kubectl itself")
      ->type_name("NAME")
      ->group(heading)
      ->check([](const std::string& value) {
        return value == "none" ? std::string()
                               : "a flag of kubectl itself; use "
                                 "--profile-type " +
                                     value;
      });
}

}  // namespace

void add_verbosity_flag(CLI::App& app, int& verbosity, bool is_shown) {
  constexpr int k_most = 10;
  cli::FlagGroup(app, is_shown ? "Diagnostics" : cli::k_shared_group)
      .number("-v,--v", verbosity, {.least = 0, .most = k_most}, "N",
              "Log level, on standard error: 1 shows routes tried, retries "
              "and waits; 6 also every request");
}

void add_cluster_flags(CLI::App& app, kube::ClusterRequest& request,
                       bool is_shown) {
  const auto heading = [&](const char* name) {
    return is_shown ? name : cli::k_shared_group;
  };
  add_cluster({app, heading("Cluster")}, request);
  add_user({app, heading("Credentials")}, request.choice);
  add_ignored(app, heading("Accepted for kubectl compatibility; ignored"));
}

}  // namespace kprofefe::cmd
