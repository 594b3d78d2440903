// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kprofefe::kube {

/// What a credential plugin is told (client.authentication.k8s.io): the value
/// of $KUBERNETES_EXEC_INFO. `cluster` is JSON, empty to tell nothing of it.
std::string exec_info(const std::string& api_version, bool interactive,
                      const std::string& cluster);

/// The cluster as a plugin is told of it; JSON in `config` and out.
struct ExecCluster {
  std::string server;
  std::string tls_server_name;
  bool insecure = false;
  std::string ca_pem;
  std::string proxy_url;
  bool disable_compression = false;
  std::string config;
};

std::string exec_cluster_json(const ExecCluster& cluster);

/// What it answers. There is a token, or certificate and key, or all.
struct ExecStatus {
  std::string token;
  std::string cert_pem;
  std::string key_pem;
  std::optional<SystemTime> expires;  ///< nothing: not while we run
};

/// Reads a plugin's output, JSON or YAML. Errors: config, in client-go's words;
/// never any of the output.
Result<ExecStatus> parse_exec_credential(const std::string& output,
                                         const std::string& api_version);

}  // namespace kprofefe::kube
