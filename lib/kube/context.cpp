// SPDX-License-Identifier: MIT
#include "kube/context.hpp"

#include "base/file.hpp"
#include "kube/base64.hpp"
#include "kube/pem.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::kube {
namespace {

using Check = Result<void> (*)(std::string_view pem, std::string_view what);

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
  return fmt::format("{} has: {}{}", fmt::join(config.files, ":"),
                     fmt::join(names, ", "),
                     names.size() < config.contexts.size() ? ", ..." : "");
}

std::string describe_unsupported(std::string_view field) {
  if (field == "exec") {
    return "exec (a credential plugin)";
  }
  if (field == "auth-provider") {
    return "auth-provider (a legacy credential plugin)";
  }
  if (field == "username" || field == "password") {
    return fmt::format("{} (basic authentication)", field);
  }
  if (field.starts_with("as")) {
    return fmt::format("{} (impersonation)", field);
  }
  return std::string(field);
}

Result<void> refuse(const std::vector<std::string>& unsupported,
                    std::string_view entry) {
  if (unsupported.empty()) {
    return {};
  }
  return fail(ErrorKind::config,
              fmt::format("{} uses {}, which this version does not support",
                          entry, describe_unsupported(unsupported.front())));
}

/// A PEM text that is in the kubeconfig (base64) or in a file of its own.
struct PemField {
  std::string_view name;  ///< the field for a file; `-data` makes the other
  const std::string& file;
  const std::string& data;
  std::string_view entry;  ///< `cluster "x" in FILE`
  Check check;
};

Result<std::string> read_pem(const PemField& field) {
  if (!field.file.empty() && !field.data.empty()) {
    return fail(ErrorKind::config,
                fmt::format("{0}: {1}-data and {1} are both specified; remove "
                            "one of them",
                            field.entry, field.name));
  }
  std::string pem;
  std::string what;
  if (!field.data.empty()) {
    what = fmt::format("{}: {}-data", field.entry, field.name);
    std::optional<std::string> decoded = decode_base64(field.data);
    if (!decoded) {
      return fail(ErrorKind::config, what + " is not valid base64");
    }
    pem = *std::move(decoded);
  } else if (!field.file.empty()) {
    what = fmt::format("{}: {} {}", field.entry, field.name, field.file);
    Result<std::string> content = read_file(field.file);
    if (!content) {
      return fail(ErrorKind::config,
                  fmt::format("{}: unable to read {}: {}", field.entry,
                              field.name, content.error().message));
    }
    pem = *std::move(content);
  } else {
    return pem;
  }
  TRY(field.check(pem, what));
  return pem;
}

/// A server without a scheme is https when anything about TLS is configured,
/// else http (client-go's DefaultServerURL).
Result<http::Url> server_url(const ContextEntries& entries,
                             const std::string& where) {
  const Cluster& cluster = *entries.cluster;
  if (cluster.server.empty()) {
    return fail(ErrorKind::config, where + " has no server");
  }
  std::string text = cluster.server;
  if (text.find("://") == std::string::npos) {
    const User* user = entries.user;
    const bool tls = cluster.insecure || !cluster.ca_file.empty() ||
                     !cluster.ca_data.empty() ||
                     (user != nullptr &&
                      (!user->cert_file.empty() || !user->cert_data.empty()));
    text.insert(0, tls ? "https://" : "http://");
  }
  Result<http::Url> url = http::parse_url(text);
  if (!url) {
    return fail(ErrorKind::config,
                fmt::format("{}: server: {}", where, url.error().message));
  }
  url->query.clear();
  return url;
}

Result<void> set_server_trust(const Cluster& cluster, const std::string& where,
                              http::Tls& tls, ClusterConfig& config) {
  if (config.server.scheme != "https") {
    return {};
  }
  TRY_ASSIGN(tls.ca_pem,
             read_pem({"certificate-authority", cluster.ca_file,
                       cluster.ca_data, where, check_certificates}));
  if (cluster.insecure && !tls.ca_pem.empty()) {
    return fail(ErrorKind::config,
                fmt::format("{}: specifying a root certificates file with the "
                            "insecure flag is not allowed: remove "
                            "certificate-authority or "
                            "insecure-skip-tls-verify",
                            where));
  }
  tls.insecure = cluster.insecure;
  tls.server_name = cluster.tls_server_name;
  if (!cluster.ca_data.empty()) {
    config.ca_source = "certificate-authority-data of " + where;
  } else if (!cluster.ca_file.empty()) {
    config.ca_source = cluster.ca_file;
  } else {
    config.ca_source = "the system's certificates";
  }
  return {};
}

Result<void> set_client_certificate(const User& user, const std::string& where,
                                    http::Tls& tls, ClusterConfig& config) {
  if (user.cert_file.empty() && user.cert_data.empty()) {
    return {};  // a key alone is of no use, to client-go neither
  }
  if (user.key_file.empty() && user.key_data.empty()) {
    return fail(ErrorKind::config,
                fmt::format("{}: client-key-data or client-key must be "
                            "specified to use the client certificate",
                            where));
  }
  TRY_ASSIGN(tls.client_cert_pem,
             read_pem({"client-certificate", user.cert_file, user.cert_data,
                       where, check_certificates}));
  TRY_ASSIGN(tls.client_key_pem,
             read_pem({"client-key", user.key_file, user.key_data, where,
                       check_private_key}));
  config.identity = "the client certificate of " + where;
  return {};
}

Result<void> set_token(const User& user, const std::string& where,
                       ClusterConfig& config) {
  if (user.token.empty() && user.token_file.empty()) {
    return {};
  }
  Result<Credentials> credentials =
      user.token_file.empty()
          ? Credentials::from_token(user.token)
          : Credentials::from_file(user.token_file, user.token);
  if (!credentials) {
    return std::unexpected(credentials.error().with_context(where));
  }
  *config.credentials = *std::move(credentials);
  config.identity = "the token of " + where;
  return {};
}

/// Who we are to the server. Nothing secret goes over a connection that
/// everybody can read: client-go does not even look for it.
Result<void> set_identity(const ContextEntries& entries, http::Tls& tls,
                          ClusterConfig& config) {
  if (entries.user == nullptr) {
    return {};
  }
  const std::string where = fmt::format(
      "user \"{}\" in {}", entries.context->user, entries.user->file);
  TRY(refuse(entries.user->unsupported, where));
  if (config.server.scheme != "https") {
    return {};
  }
  TRY(set_client_certificate(*entries.user, where, tls, config));
  return set_token(*entries.user, where, config);
}

/// The entry that a context names.
template <typename Entry>
Result<const Entry*> find_entry(const Kubeconfig::Named<Entry>& entries,
                                std::string_view kind, const std::string& name,
                                const std::string& where) {
  const auto found = entries.find(name);
  if (found == entries.end()) {
    return fail(ErrorKind::config, fmt::format("{} \"{}\" was not found for {}",
                                               kind, name, where));
  }
  return &found->second;
}

}  // namespace

Result<ContextEntries> find_context(const Kubeconfig& config,
                                    const std::string& name) {
  ContextEntries entries{.name = name.empty() ? config.current_context : name};
  if (entries.name.empty()) {
    return fail(ErrorKind::config,
                fmt::format("no context is chosen: name one with --context or "
                            "kubectl config use-context; {}",
                            describe_contexts(config)));
  }
  const auto context = config.contexts.find(entries.name);
  if (context == config.contexts.end()) {
    const std::string origin = name.empty()
                                   ? fmt::format(" (the current-context of {})",
                                                 config.current_context_file)
                                   : "";
    return fail(ErrorKind::config,
                fmt::format("context \"{}\" does not exist{}; {}", entries.name,
                            origin, describe_contexts(config)));
  }
  entries.context = &context->second;
  const std::string where =
      fmt::format("context \"{}\" of {}", entries.name, entries.context->file);
  if (entries.context->cluster.empty()) {
    return fail(ErrorKind::config, "cluster was not specified for " + where);
  }
  TRY_ASSIGN(entries.cluster, find_entry(config.clusters, "cluster",
                                         entries.context->cluster, where));
  if (!entries.context->user.empty()) {
    TRY_ASSIGN(entries.user,
               find_entry(config.users, "user", entries.context->user, where));
  }
  return entries;
}

Result<ClusterConfig> connect_context(const ContextEntries& entries) {
  const std::string where = fmt::format(
      "cluster \"{}\" in {}", entries.context->cluster, entries.cluster->file);
  TRY(refuse(entries.cluster->unsupported, where));
  ClusterConfig config;
  config.source =
      fmt::format("context \"{}\" of {}", entries.name, entries.context->file);
  config.credentials = std::make_shared<Credentials>();
  TRY_ASSIGN(config.server, server_url(entries, where));
  auto tls = std::make_shared<http::Tls>();
  TRY(set_server_trust(*entries.cluster, where, *tls, config));
  TRY(set_identity(entries, *tls, config));
  config.tls = std::move(tls);
  return config;
}

}  // namespace kprofefe::kube
