// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"

#include <map>
#include <string>
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
  /// Fields that are set and change what a request must be, but that we cannot
  /// honour (yet): whoever uses the entry must be told.
  std::vector<std::string> unsupported;
};

struct User {
  std::string file;
  std::string token;
  std::string token_file;
  std::string cert_file;
  std::string cert_data;
  std::string key_file;
  std::string key_data;
  std::vector<std::string> unsupported;  ///< as in Cluster
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
};

/// Finds, reads and merges as kubectl does (client-go's clientcmd/loader.go):
/// `explicit_path` when not empty, which must exist and is not merged; else
/// $KUBECONFIG, a list with `:` whose missing files are passed over; else
/// ~/.kube/config. The first file wins, a whole entry at a time. Errors:
/// config (names file and line), not_found.
Result<Kubeconfig> load_kubeconfig(const std::string& explicit_path,
                                   const Env& env);

}  // namespace kprofefe::kube
