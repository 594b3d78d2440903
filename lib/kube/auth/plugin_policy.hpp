// SPDX-License-Identifier: MIT
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kprofefe::kube {

/// Which credential plugins the user lets run: kuberc's credentialPluginPolicy.
struct PluginPolicy {
  std::string type;  ///< AllowAll (or empty), DenyAll, Allowlist
  /// credentialPluginAllowlist; nothing when it is not there.
  std::optional<std::vector<std::string>> allowlist;
  std::string warning;  ///< what is odd about the kuberc; empty: nothing
  /// Why a policy that may be there cannot be applied: then no plugin runs.
  std::string broken;
};

/// From $KUBERC (`off` for none), else ~/.kube/kuberc, unless
/// $KUBECTL_KUBERC is false. A file that $KUBERC names must be there and in
/// order; the other, when it is not, is passed over with a warning or, when it
/// may hold a policy, yields a broken one. Errors: config.
Result<PluginPolicy> load_plugin_policy(const Env& env);

/// Whether the plugin `command`, found at `path`, may run. Errors: config, also
/// for a policy that makes no sense.
Result<void> check_policy(const PluginPolicy& policy,
                          const std::string& command, const std::string& path,
                          const Env& env);

}  // namespace kprofefe::kube
