// SPDX-License-Identifier: MIT
#include "cmd/cluster_flags.hpp"

#include "cmd/flag_group.hpp"
#include "cmd/help.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <array>
#include <chrono>
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
      return fail(ErrorKind::usage,
                  fmt::format("invalid extra \"{}\": use KEY=VALUE", text));
    }
    extra[text.substr(0, equals)].push_back(text.substr(equals + 1));
  }
  return extra;
}

void add_cluster(FlagGroup flags, kube::ClusterRequest& request) {
  kube::ClusterChoice& choice = request.choice;
  flags.value("--kubeconfig", choice.kubeconfig, "FILE",
              "Kubeconfig to use (default: $KUBECONFIG, ~/.kube/config)");
  flags.value("--context", choice.context, "NAME",
              "Context of the kubeconfig to use");
  flags.value("--cluster", choice.cluster_name, "NAME",
              "Cluster of the kubeconfig to use");
  flags.value("-s,--server", choice.cluster.server, "URL",
              "Address of the API server");
  flags.value("--certificate-authority", choice.cluster.ca_file, "FILE",
              "Certificates that the API server's is verified with");
  flags.value("--tls-server-name", choice.cluster.tls_server_name, "NAME",
              "Name in the API server's certificate");
  flags
      .parsed("--request-timeout", request.timeout, read_request_timeout,
              "DURATION",
              "How long one request to the API server may take; 0: no limit")
      ->default_str("2m");
  flags.value("--kuberc", request.kuberc, "FILE",
              "Preferences of kubectl to use, whose policy says which "
              "credential plugins may run; off: none (default: $KUBERC, "
              "~/.kube/kuberc)");
  flags.flag("--insecure-skip-tls-verify", choice.cluster.insecure,
             "Do not verify the API server's certificate");
}

void add_user(FlagGroup flags, kube::ClusterChoice& choice) {
  kube::User& user = choice.user;
  flags.value("--user", choice.user_name, "NAME",
              "User of the kubeconfig to use");
  flags.value("--token", user.token, "TOKEN", "Bearer token");
  flags.value("--username", user.username, "NAME",
              "User name for basic authentication");
  flags.value("--password", user.password, "PASSWORD",
              "Password for basic authentication");
  flags.value("--client-certificate", user.cert_file, "FILE",
              "Client certificate");
  flags.value("--client-key", user.key_file, "FILE",
              "Key of the client certificate");
  flags.value("--as", user.impersonate.user, "NAME", "User to impersonate");
  flags.value("--as-uid", user.impersonate.uid, "UID", "UID to impersonate");
  flags.list("--as-group", user.impersonate.groups, "NAME",
             "Group to impersonate; may be repeated");
  flags.parsed_list("--as-user-extra", user.impersonate.extra, read_extra,
                    "KEY=VALUE",
                    "Extra of the user to impersonate; may be repeated");
}

/// A flag of `kubectl options` that means nothing here.
struct IgnoredFlag {
  const char* name;
  const char* type;  ///< null: it takes no value
  const char* help;
};

constexpr auto k_ignored = std::to_array<IgnoredFlag>({
    {"-v,--v", "N", "Log level"},
    {"--vmodule", "PATTERN=N,...", "Log level by source file"},
    {"--log-flush-frequency", "DURATION", "How often logs are flushed"},
    {"--cache-dir", "DIR", "Nothing is cached"},
    {"--profile", "NAME", "A profile of kubectl itself"},
    {"--profile-output", "FILE", "File for --profile"},
    {"--disable-compression", nullptr, "Answers are not compressed"},
    {"--match-server-version", nullptr, "Any version of the server will do"},
    {"--warnings-as-errors", nullptr, "Warnings of the server stay warnings"},
});

void add_ignored(CLI::App& app, const std::string& heading) {
  for (const IgnoredFlag& flag : k_ignored) {
    CLI::Option* const option =
        flag.type != nullptr
            ? app.add_option(flag.name, flag.help)->type_name(flag.type)
            : app.add_flag(flag.name, flag.help);
    option->group(heading);
  }
}

}  // namespace

void add_cluster_flags(CLI::App& app, kube::ClusterRequest& request,
                       bool is_shown) {
  const auto heading = [&](const char* name) {
    return is_shown ? name : k_shared_group;
  };
  add_cluster({app, heading("Cluster")}, request);
  add_user({app, heading("Credentials")}, request.choice);
  add_ignored(app, heading("Accepted for kubectl compatibility; ignored"));
}

Result<Milliseconds> read_request_timeout(std::string_view text) {
  constexpr Milliseconds k_no_limit = std::chrono::hours(24 * 365);
  const bool seconds = !text.empty() && text.find_first_not_of("0123456789") ==
                                            std::string_view::npos;
  const Result<Milliseconds> timeout =
      parse_duration(std::string(text) + (seconds ? "s" : ""));
  if (!timeout || timeout->count() < 0) {
    return fail(ErrorKind::usage,
                fmt::format("invalid duration \"{}\": use 30s, 5m or 1h30m, or "
                            "0 for no limit",
                            text));
  }
  return timeout->count() == 0 ? k_no_limit : *timeout;
}

}  // namespace kprofefe::cmd
