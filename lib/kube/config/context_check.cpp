// SPDX-License-Identifier: MIT
#include "kube/config/context_check.hpp"

#include "base/fd.hpp"
#include "base/file.hpp"
#include "http/proxy.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <fcntl.h>

#include <cerrno>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::kube {
namespace {

using Faults = std::vector<std::string>;

/// A text that is in the entry (base64) or in a file of its own.
void check_source(std::string_view field, const std::string& file,
                  const std::string& data, Faults& faults) {
  if (!file.empty() && !data.empty()) {
    faults.push_back(fmt::format(
        "{0}-data and {0} are both specified; remove one of them", field));
  }
  if (!file.empty() && !Fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC))) {
    faults.push_back(fmt::format("unable to read {}: open {}: {}", field, file,
                                 errno_text(errno)));
  }
}

Faults faults_of(const Cluster& cluster) {
  Faults faults;
  if (cluster.server.empty()) {
    return {"no server"};
  }
  if (!cluster.proxy_url.empty()) {
    if (const auto proxy = http::parse_proxy_url(cluster.proxy_url); !proxy) {
      faults.push_back("invalid proxy-url: " + proxy.error().message);
    }
  }
  check_source("certificate-authority", cluster.ca_file, cluster.ca_data,
               faults);
  return faults;
}

void check_certificate(const User& user, Faults& faults) {
  if (user.cert_file.empty() && user.cert_data.empty()) {
    return;  // a key alone is of no use, to client-go neither
  }
  if (user.key_file.empty() && user.key_data.empty()) {
    faults.emplace_back(
        "client-key-data or client-key must be specified to use the client "
        "certificate");
  }
  check_source("client-certificate", user.cert_file, user.cert_data, faults);
  check_source("client-key", user.key_file, user.key_data, faults);
}

void check_exec(const ExecPlugin& plugin, Faults& faults) {
  constexpr std::string_view k_use = "to use exec authentication plugin";
  if (plugin.command.empty()) {
    faults.push_back(fmt::format("command must be specified {}", k_use));
  }
  if (plugin.api_version.empty()) {
    faults.push_back(fmt::format("apiVersion must be specified {}", k_use));
  }
  for (const auto& [name, value] : plugin.env) {
    if (name.empty()) {
      faults.push_back(
          fmt::format("env variable name must be specified {}", k_use));
    }
  }
  const std::string& mode = plugin.interactive_mode;
  if (mode.empty()) {
    faults.push_back(
        fmt::format("interactiveMode must be specified {}", k_use));
  } else if (mode != "Never" && mode != "IfAvailable" && mode != "Always") {
    faults.push_back(fmt::format("invalid interactiveMode \"{}\"", mode));
  }
}

Faults faults_of(const User& user) {
  Faults faults;
  check_certificate(user, faults);
  if (user.exec) {
    if (user.auth_provider) {
      faults.emplace_back(
          "authProvider cannot be provided in combination with an exec plugin");
    }
    check_exec(*user.exec, faults);
  }
  const bool basic = !user.username.empty() || !user.password.empty();
  if (!user.token.empty() && basic) {
    faults.emplace_back(
        "more than one authentication method found; found [token basicAuth], "
        "only one is allowed");
  } else if (!user.token_file.empty() && !user.username.empty()) {
    faults.emplace_back(
        "username/password or bearer token may be set, but not both");
  }
  const Impersonation& as = user.impersonate;
  if (as.user.empty() &&
      (!as.uid.empty() || !as.groups.empty() || !as.extra.empty())) {
    faults.emplace_back(
        "requesting uid, groups or user-extra without impersonating a user");
  }
  return faults;
}

Result<void> report(const Faults& faults, const std::string& source) {
  if (faults.empty()) {
    return {};
  }
  return fail(ErrorKind::config,
              fmt::format("{}: {}", source, fmt::join(faults, "; ")));
}

}  // namespace

Result<void> check_context(const ChosenContext& chosen) {
  TRY(report(faults_of(chosen.user), chosen.user_source()));
  return report(faults_of(chosen.cluster), chosen.cluster_source());
}

}  // namespace kprofefe::kube
