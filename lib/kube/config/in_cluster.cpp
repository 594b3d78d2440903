// SPDX-License-Identifier: MIT
#include "kube/config/in_cluster.hpp"

#include "base/file.hpp"
#include "base/text.hpp"
#include "http/pem.hpp"
#include "http/url.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace kprofefe::kube {
namespace {

std::string account_file(const Env& env, std::string_view name) {
  return fmt::format("{}/var/run/secrets/kubernetes.io/serviceaccount/{}",
                     env.root, name);
}

Result<std::string> server_url(const Env& env) {
  const std::string host = env.get("KUBERNETES_SERVICE_HOST").value_or("");
  const std::string port = env.get("KUBERNETES_SERVICE_PORT").value_or("");
  const std::optional<std::uint16_t> number = http::parse_port(port);
  std::string url = number ? "https://" + http::authority(host, *number) : "";
  if (!http::parse_url(url)) {
    return fail(ErrorKind::config,
                fmt::format("invalid KUBERNETES_SERVICE_HOST=\"{}\" and "
                            "KUBERNETES_SERVICE_PORT=\"{}\": not an address",
                            host, port));
  }
  return url;
}

/// As client-go: without a usable ca.crt the system's certificates are tried.
void set_ca(const Env& env, ChosenContext& pod) {
  const std::string path = account_file(env, "ca.crt");
  const Result<std::string> pem = read_file(path);
  const Result<void> usable =
      pem ? http::check_certificates(*pem, path) : std::unexpected(pem.error());
  if (usable) {
    pod.cluster.ca_file = path;
  } else {
    pod.warnings.push_back(usable.error().message +
                           "; trying the system's certificates");
  }
}

}  // namespace

std::string in_cluster_token_file(const Env& env) {
  return account_file(env, "token");
}

bool in_cluster_possible(const Env& env) {
  return env.get("KUBERNETES_SERVICE_HOST") &&
         env.get("KUBERNETES_SERVICE_PORT") &&
         read_file(in_cluster_token_file(env)).has_value();
}

std::string in_cluster_namespace(const Env& env) {
  if (auto ns = env.get("POD_NAMESPACE")) {
    return *std::move(ns);
  }
  if (const auto content = read_file(account_file(env, "namespace"))) {
    if (const std::string_view ns = trim(*content); !ns.empty()) {
      return std::string(ns);
    }
  }
  return "default";
}

Result<ChosenContext> in_cluster_context(const Env& env) {
  ChosenContext pod{.has_cluster = true, .in_cluster = true};
  TRY_ASSIGN(pod.cluster.server, server_url(env));
  set_ca(env, pod);
  pod.user.token_file = in_cluster_token_file(env);
  pod.context.ns = in_cluster_namespace(env);
  return pod;
}

}  // namespace kprofefe::kube
