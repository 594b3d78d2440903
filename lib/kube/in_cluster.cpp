// SPDX-License-Identifier: MIT
#include "kube/in_cluster.hpp"

#include "base/file.hpp"
#include "base/text.hpp"
#include "kube/pem.hpp"

#include <fmt/format.h>

#include <charconv>
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

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port == 0) {
    return std::nullopt;
  }
  return port;
}

Result<http::Url> server_url(const Env& env) {
  const std::string host = env.get("KUBERNETES_SERVICE_HOST").value_or("");
  const std::string port = env.get("KUBERNETES_SERVICE_PORT").value_or("");
  const std::optional<std::uint16_t> number = parse_port(port);
  const Result<http::Url> url =
      number ? http::parse_url("https://" + http::authority(host, *number))
             : fail(ErrorKind::config, "");
  if (!url) {
    return fail(ErrorKind::config,
                fmt::format("KUBERNETES_SERVICE_HOST=\"{}\" and "
                            "KUBERNETES_SERVICE_PORT=\"{}\" are no address",
                            host, port));
  }
  return url;
}

/// As client-go: without a usable ca.crt the system's certificates are tried.
void set_ca(const Env& env, ClusterConfig& cluster) {
  const std::string path = account_file(env, "ca.crt");
  Result<std::string> pem = read_file(path);
  Result<void> usable =
      pem ? check_certificates(*pem, path) : std::unexpected(pem.error());
  auto tls = std::make_shared<http::Tls>();
  if (usable) {
    tls->ca_pem = std::move(*pem);
    cluster.ca_source = path;
  } else {
    cluster.ca_source = "the system's certificates";
    cluster.warnings.push_back(usable.error().message +
                               "; trying the system's certificates");
  }
  cluster.tls = std::move(tls);
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

Result<ClusterConfig> in_cluster_config(const Env& env) {
  ClusterConfig cluster;
  cluster.in_cluster = true;
  TRY_ASSIGN(cluster.server, server_url(env));
  Result<Credentials> credentials =
      Credentials::from_file(in_cluster_token_file(env), "");
  if (!credentials) {
    return std::unexpected(
        credentials.error().with_context("the service account's token"));
  }
  cluster.credentials = std::make_shared<Credentials>(*std::move(credentials));
  set_ca(env, cluster);
  cluster.ns = in_cluster_namespace(env);
  cluster.source = "the service account of this pod";
  cluster.identity =
      "the service account token in " + in_cluster_token_file(env);
  return cluster;
}

}  // namespace kprofefe::kube
