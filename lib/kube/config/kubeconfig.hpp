// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kprofefe::kube {

/// The entries of a kubeconfig as they are written, but for relative paths,
/// which are resolved to the folder of their file. Base64 (`*_data`) is decoded
/// when it is used, so that a broken entry harms only who needs it.
struct Cluster {
  std::string file;  ///< the kubeconfig that has the entry
  std::string server;
  std::string tls_server_name;
  bool insecure = false;
  std::string ca_file;
  std::string ca_data;
  std::string proxy_url;
  bool disable_compression = false;
  /// JSON: what the extension client.authentication.k8s.io/exec holds for
  /// credential plugins.
  std::string exec_config;
};

/// Who the server shall take us for, instead of who we are.
struct Impersonation {
  std::string user;
  std::string uid;
  std::vector<std::string> groups;
  std::map<std::string, std::vector<std::string>> extra;
};

/// A credential plugin (client.authentication.k8s.io).
struct ExecPlugin {
  std::string command;
  std::vector<std::string> args;
  std::vector<std::pair<std::string, std::string>> env;
  std::string api_version;
  std::string install_hint;
  bool provide_cluster_info = false;
  std::string interactive_mode;
};

/// What came before plugins; today only `oidc` is left of it.
struct AuthProvider {
  std::string name;
  std::map<std::string, std::string, std::less<>> config;
};

struct User {
  std::string file;
  std::string token;
  std::string token_file;
  std::string cert_file;
  std::string cert_data;
  std::string key_file;
  std::string key_data;
  std::string username;
  std::string password;
  Impersonation impersonate;
  std::optional<ExecPlugin> exec;
  std::optional<AuthProvider> auth_provider;
};

struct Context {
  std::string file;
  std::string cluster;
  std::string user;
  std::string ns;
};

/// One kubeconfig, or several merged.
struct Kubeconfig {
  template <typename Entry>
  using Named = std::map<std::string, Entry, std::less<>>;

  Named<Cluster> clusters;
  Named<User> users;
  Named<Context> contexts;
  std::string current_context;
  std::string current_context_file;  ///< the kubeconfig that sets it
  std::vector<std::string> files;    ///< those read, in order
  std::vector<std::string> missing;  ///< those looked for in vain
  std::vector<std::string> warnings;

  /// True when nothing at all is configured.
  [[nodiscard]] bool empty() const;

  /// Takes over the entries of `other` and its current context; what is here
  /// already stays.
  void add(Kubeconfig other);
};

}  // namespace kprofefe::kube
