// SPDX-License-Identifier: MIT
#pragma once

#include "async/shared_run.hpp"
#include "base/env.hpp"
#include "kube/auth/credentials.hpp"
#include "kube/auth/exec_credential.hpp"
#include "kube/auth/plugin_policy.hpp"
#include "kube/config/kubeconfig.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace kprofefe::kube {

/// Credentials from a plugin program (client-go's
/// plugin/pkg/client/auth/ exec). It is run when they are first needed, when
/// they have expired and when the server rejects them: once for all who wait,
/// and all of them share its result or its error.
class ExecCredentials final : public CredentialSource {
 public:
  struct Settings {
    ExecPlugin plugin;
    PluginPolicy policy;
    std::string cluster;  ///< exec_cluster_json(), empty: not to be told
    /// What a client certificate of the plugin is added to.
    std::shared_ptr<const http::Tls> tls;
    Env env;
    bool stdin_is_terminal = false;
    /// How long the plugin may run; nothing: by plugin_time_limit().
    std::optional<std::chrono::milliseconds> time_limit;
  };

  explicit ExecCredentials(Settings settings);

  async::Task<Result<Credential>> current(Access access) override;
  async::Task<Result<bool>> renew(Access access, Credential rejected) override;

 private:
  async::Task<Result<void>> refresh(Access access);
  async::Task<Result<void>> run_plugin(Access access);
  async::Task<Result<ExecStatus>> ask_plugin(Access access);
  [[nodiscard]] Result<bool> is_interactive() const;
  [[nodiscard]] bool has_expired() const;

  Settings settings_;
  std::optional<Credential> proof_;
  std::optional<SystemTime> expires_;
  async::SharedRun run_;
};

/// How long a plugin may run: a minute when nobody can be asked, for ever when
/// it asks on the terminal, and five minutes with `interactiveMode: Never` at a
/// terminal, where it may have opened a browser for a person to log in.
std::chrono::milliseconds plugin_time_limit(const std::string& interactive_mode,
                                            bool stdin_is_terminal);

/// Whether the plugin can be used at all. Errors: config.
Result<void> check_api_version(const ExecPlugin& plugin);

}  // namespace kprofefe::kube
