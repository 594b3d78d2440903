// SPDX-License-Identifier: MIT
#include "kube/auth/connect.hpp"

#include "base/text.hpp"
#include "http/key_pair.hpp"
#include "http/pem.hpp"
#include "http/proxy.hpp"
#include "kube/auth/auth_provider.hpp"
#include "kube/auth/certificate_files.hpp"
#include "kube/auth/exec_credentials.hpp"
#include "kube/auth/impersonation.hpp"
#include "kube/auth/pem_field.hpp"
#include "kube/auth/token_file.hpp"
#include "kube/auth/url_user.hpp"
#include "kube/config/context_check.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <memory>
#include <string>
#include <utility>

namespace kprofefe::kube {
namespace {

/// A server without a scheme is http, as with kubectl, whatever else is set.
Result<http::Url> server_url(std::string text, const std::string& where) {
  if (text.find("://") == std::string::npos) {
    text.insert(0, "http://");
  }
  Result<http::Url> url = http::parse_url(text);
  if (!url) {
    return fail(ErrorKind::config,
                fmt::format("{}: server: {}", where, url.error().message));
  }
  url->query.clear();
  return url;
}

Result<void> set_proxy(const ChosenContext& chosen, const Env& env,
                       ClusterConfig& config) {
  const std::string& named = chosen.cluster.proxy_url;
  Result<std::string> proxy =
      named.empty() ? http::proxy_from_environment(env, config.server)
                    : http::parse_proxy_url(named);
  if (!proxy) {
    return fail(ErrorKind::config, proxy.error().message);
  }
  config.proxy = *std::move(proxy);
  return {};
}

/// Go verifies a certificate for any text; in a URL, as libcurl has it, only a
/// name can stand.
bool is_host(const std::string& name) {
  const Result<http::Url> url =
      http::parse_url("https://" + http::authority(name, 1));
  return url && url->path.empty() && url->query.empty();
}

Result<void> set_server_trust(const ChosenContext& chosen, http::Tls& tls,
                              ClusterConfig& config) {
  const Cluster& cluster = chosen.cluster;
  const std::string where = chosen.cluster_source();
  TRY_ASSIGN(tls.ca_pem,
             read_pem({"certificate-authority", cluster.ca_file,
                       cluster.ca_data, where, http::check_certificates}));
  if (cluster.insecure && !tls.ca_pem.empty()) {
    return fail(ErrorKind::config,
                fmt::format("{}: specifying a root certificates file with the "
                            "insecure flag is not allowed: remove "
                            "certificate-authority or "
                            "insecure-skip-tls-verify",
                            where));
  }
  tls.ca_pem = http::usable_certificates(tls.ca_pem);
  tls.insecure = cluster.insecure;
  tls.server_name = cluster.tls_server_name;
  if (!tls.server_name.empty() && !is_host(tls.server_name)) {
    return fail(
        ErrorKind::config,
        fmt::format("{}: invalid tls-server-name \"{}\": use a host name "
                    "without a port",
                    where, one_line(tls.server_name)));
  }
  if (!cluster.ca_data.empty()) {
    config.ca_source = "certificate-authority-data of " + where;
  } else if (!cluster.ca_file.empty()) {
    config.ca_source = cluster.ca_file;
  } else {
    config.ca_source = "the system's certificates";
  }
  return {};
}

Result<void> set_client_certificate(const ChosenContext& chosen, http::Tls& tls,
                                    ClusterConfig& config) {
  const User& user = chosen.user;
  if (user.cert_file.empty() && user.cert_data.empty()) {
    return {};
  }
  const std::string where = chosen.user_source();
  TRY_ASSIGN(tls.client_cert_pem,
             read_pem({"client-certificate", user.cert_file, user.cert_data,
                       where, http::check_certificates}));
  TRY_ASSIGN(const std::string key,
             read_pem({"client-key", user.key_file, user.key_data, where,
                       http::check_private_key}));
  tls.client_key_pem = http::normal_private_key(key);
  if (!http::is_key_pair(tls.client_cert_pem, tls.client_key_pem)) {
    return fail(ErrorKind::config,
                where +
                    ": client-certificate and client-key do not "
                    "match: private key does not match public key");
  }
  config.certificate = "the client certificate of " + where;
  config.identity = config.certificate;
  return {};
}

Result<void> set_token(const ChosenContext& chosen, ClusterConfig& config) {
  const User& user = chosen.user;
  if (user.token_file.empty()) {
    const Result<std::string> header = bearer(user.token);
    if (!header) {
      return std::unexpected(header.error().with_context(chosen.user_source()));
    }
    config.credentials = fixed_credentials(*header);
    config.identity = "the token of " + chosen.user_source();
    return {};
  }
  Result<std::shared_ptr<TokenFile>> file =
      TokenFile::open(user.token_file, user.token);
  if (!file) {
    return std::unexpected(file.error().with_context(
        chosen.user_source() + (chosen.in_cluster ? "'s token" : "")));
  }
  config.credentials = *std::move(file);
  config.identity = chosen.in_cluster
                        ? "the service account token in " + user.token_file
                        : "the token of " + chosen.user_source();
  return {};
}

std::string cluster_for_plugin(const ChosenContext& chosen,
                               const http::Tls& tls) {
  if (!chosen.user.exec->provide_cluster_info) {
    return {};
  }
  const Cluster& cluster = chosen.cluster;
  return exec_cluster_json({.server = cluster.server,
                            .tls_server_name = cluster.tls_server_name,
                            .insecure = cluster.insecure,
                            .ca_pem = tls.ca_pem,
                            .proxy_url = cluster.proxy_url,
                            .disable_compression = cluster.disable_compression,
                            .config = cluster.exec_config});
}

Result<void> set_exec(const ChosenContext& chosen, const Env& env,
                      const http::Tls& tls, ClusterConfig& config) {
  const ExecPlugin& plugin = *chosen.user.exec;
  const Result<void> usable = check_api_version(plugin);
  if (!usable) {
    return std::unexpected(usable.error().with_context(chosen.user_source()));
  }
  if (!tls.client_cert_pem.empty()) {
    return {};  // a certificate is enough, as for client-go
  }
  TRY_ASSIGN(PluginPolicy policy, load_plugin_policy(env));
  if (!policy.warning.empty()) {
    config.warnings.push_back(policy.warning);
  }
  config.credentials =
      std::make_shared<ExecCredentials>(ExecCredentials::Settings{
          .plugin = plugin,
          .policy = std::move(policy),
          .cluster = cluster_for_plugin(chosen, tls),
          .tls = std::make_shared<http::Tls>(tls),
          .env = env,
          .stdin_is_terminal = ::isatty(STDIN_FILENO) == 1});
  config.identity = fmt::format("the credential from plugin {} for {}",
                                plugin.command, chosen.user_source());
  return {};
}

/// Who we are to the server, by client-go's order of what wins. What is wrong
/// with a plugin is an error, whether or not it would be used.
Result<void> set_identity(const ChosenContext& chosen, const Env& env,
                          http::Tls& tls, ClusterConfig& config) {
  const User& user = chosen.user;
  TRY(set_client_certificate(chosen, tls, config));
  if (user.auth_provider) {
    TRY_ASSIGN(config.credentials, auth_provider_credentials(chosen, env));
    config.identity = "the id-token of " + chosen.user_source();
  } else if (user.exec) {
    TRY(set_exec(chosen, env, tls, config));
  }
  if (!user.token.empty() || !user.token_file.empty()) {
    return set_token(chosen, config);
  }
  if (!user.username.empty()) {
    config.credentials = fixed_credentials(basic(user.username, user.password));
    config.identity = "the password of " + chosen.user_source();
    return {};
  }
  if (user.exec) {
    config.certificate = config.identity;
  }
  return {};
}

bool has_identity(const User& user) {
  return !user.token.empty() || !user.token_file.empty() ||
         !user.username.empty() || !user.cert_file.empty() ||
         !user.cert_data.empty() || user.exec || user.auth_provider;
}

/// As Go's http.Client, for which what stands in the URL comes first.
void set_user_of_url(const std::string& user, const ChosenContext& chosen,
                     ClusterConfig& config) {
  if (user.empty()) {
    return;
  }
  config.credentials = fixed_credentials(basic_of_user(user));
  config.identity = "the password in the server of " + chosen.cluster_source();
}

/// Client certificates in files may be replaced while we run; one file and one
/// text are never read again, as with client-go.
void follow_certificate(const ChosenContext& chosen, ClusterConfig& config) {
  const User& user = chosen.user;
  if (!config.tls->client_cert_pem.empty() && user.cert_data.empty() &&
      user.key_data.empty()) {
    config.credentials = std::make_shared<CertificateFiles>(
        CertificateFiles::Settings{.cert_file = user.cert_file,
                                   .key_file = user.key_file,
                                   .tls = config.tls,
                                   .others = config.credentials});
  }
}

}  // namespace

Result<ClusterConfig> connect_context(const ChosenContext& chosen,
                                      const Env& env) {
  TRY(check_context(chosen));
  ClusterConfig config;
  config.source = chosen.source();
  config.in_cluster = chosen.in_cluster;
  config.warnings = chosen.warnings;
  config.credentials = fixed_credentials("");
  std::string server = chosen.cluster.server;
  const std::string user = take_user(server);
  TRY_ASSIGN(config.server,
             server_url(std::move(server), chosen.cluster_source()));
  TRY(set_proxy(chosen, env, config));
  TRY_ASSIGN(config.headers, impersonation_headers(chosen.user.impersonate));
  auto tls = std::make_shared<http::Tls>();
  // Nothing secret goes over a connection that everybody can read: client-go
  // does not even look for it.
  if (config.server.scheme == "https") {
    TRY(set_server_trust(chosen, *tls, config));
    TRY(set_identity(chosen, env, *tls, config));
  } else {
    config.withholds_identity = has_identity(chosen.user);
  }
  set_user_of_url(user, chosen, config);
  config.tls = std::move(tls);
  follow_certificate(chosen, config);
  return config;
}

}  // namespace kprofefe::kube
