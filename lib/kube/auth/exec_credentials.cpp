// SPDX-License-Identifier: MIT
#include "kube/auth/exec_credentials.hpp"

#include "async/process.hpp"
#include "base/program.hpp"
#include "base/text.hpp"
#include "kube/api/status.hpp"

#include <fmt/format.h>

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::kube {
namespace {

/// By name it is looked for and by path it is run, which fails in other words.
Error not_installed(const ExecPlugin& plugin, const Error& why) {
  if (plugin.command.contains('/')) {
    const std::string hint =
        plugin.install_hint.empty()
            ? ""
            : "\n\n" + printable_lines(trim(plugin.install_hint));
    return {ErrorKind::config, "exec: fork/exec " + why.message + hint};
  }
  std::string message = fmt::format(
      "exec: executable {} not found\n\n"
      "It looks like you are trying to use a client-go credential plugin that "
      "is not installed.\n\n"
      "To learn more about this feature, consult the documentation available "
      "at:\n      https://kubernetes.io/docs/reference/access-authn-authz/"
      "authentication/#client-go-credential-plugins",
      plugin.command);
  if (!plugin.install_hint.empty()) {
    message += "\n\n" + printable_lines(trim(plugin.install_hint));
  }
  return {ErrorKind::config, message};
}

/// Why there is no end of a run: its start names the path, the rest nothing.
Error not_ended(const ExecPlugin& plugin, const Error& why) {
  if (why.detail == ErrorDetail::not_started) {
    return {why.kind, "exec: fork/exec " + why.message};
  }
  if (why.kind == ErrorKind::timeout) {
    return {
        ErrorKind::config,
        fmt::format("exec: executable {}: {}; run it manually to see what it "
                    "is waiting for",
                    plugin.command, why.message)};
  }
  return why.with_context("exec: executable " + plugin.command);
}

/// Some plugins say on their standard output why they fail, as a Status.
Error has_failed(const ExecPlugin& plugin, const async::ProcessEnd& end) {
  std::string message =
      fmt::format("exec: executable {} failed with exit code {}",
                  plugin.command, end.exit_code);
  const std::optional<Status> status = parse_status(end.output);
  if (status && !status->message.empty()) {
    message += ": " + one_line(status->message);
  }
  return {ErrorKind::config, std::move(message)};
}

/// Ours, then the plugin's: of two with one name most programs take the last,
/// as Go makes them.
std::vector<std::string> environment_of(const Env& env,
                                        const ExecPlugin& plugin,
                                        const std::string& info) {
  auto variables = env.variables;
  for (const auto& [name, value] : plugin.env) {
    variables.insert_or_assign(name, value);
  }
  variables.insert_or_assign("KUBERNETES_EXEC_INFO", info);
  std::vector<std::string> texts;
  texts.reserve(variables.size());
  for (const auto& [name, value] : variables) {
    texts.push_back(fmt::format("{}={}", name, value));
  }
  return texts;
}

}  // namespace

Result<void> check_api_version(const ExecPlugin& plugin) {
  if (plugin.api_version != "client.authentication.k8s.io/v1" &&
      plugin.api_version != "client.authentication.k8s.io/v1beta1") {
    return fail(ErrorKind::config,
                fmt::format("exec plugin: invalid apiVersion \"{}\"",
                            plugin.api_version));
  }
  return {};
}

std::chrono::milliseconds plugin_time_limit(const std::string& interactive_mode,
                                            bool stdin_is_terminal) {
  constexpr std::chrono::minutes k_alone{1};
  constexpr std::chrono::minutes k_in_browser{5};
  constexpr std::chrono::hours k_for_ever{24 * 365};
  if (!stdin_is_terminal) {
    return k_alone;
  }
  return interactive_mode == "Never" ? std::chrono::milliseconds(k_in_browser)
                                     : std::chrono::milliseconds(k_for_ever);
}

ExecCredentials::ExecCredentials(Settings settings)
    : settings_(std::move(settings)) {}

bool ExecCredentials::has_expired() const {
  return expires_ && settings_.env.now() > *expires_;
}

async::Task<Result<Credential>> ExecCredentials::current(Access access) {
  if (!proof_ || has_expired()) {
    CO_TRY(co_await refresh(std::move(access)));
  }
  co_return *proof_;
}

async::Task<Result<bool>> ExecCredentials::renew(Access access,
                                                 Credential rejected) {
  const bool has_changed =
      proof_ && (proof_->authorization != rejected.authorization ||
                 proof_->tls != rejected.tls);
  if (has_changed) {
    co_return true;  // somebody else was rejected before us
  }
  const Result<void> refreshed = co_await refresh(std::move(access));
  if (!refreshed) {
    co_return fail(
        refreshed.error().kind == ErrorKind::cancelled ? ErrorKind::cancelled
                                                       : ErrorKind::denied,
        fmt::format("the server rejected the credentials from {} (401), and "
                    "there are no newer ones: {}",
                    settings_.plugin.command, refreshed.error().message));
  }
  co_return true;
}

async::Task<Result<void>> ExecCredentials::refresh(Access access) {
  const auto work = [this, &access] { return run_plugin(access); };
  Result<void> outcome = co_await run_.join(work);
  if (!outcome) {
    co_return std::unexpected(
        outcome.error().with_context("getting credentials"));
  }
  co_return outcome;
}

async::Task<Result<void>> ExecCredentials::run_plugin(Access access) {
  CO_TRY_ASSIGN(ExecStatus status, co_await ask_plugin(std::move(access)));
  Credential credential;
  if (!status.token.empty()) {
    CO_TRY_ASSIGN(credential.authorization, bearer(status.token));
  }
  if (!status.cert_pem.empty()) {
    // libcurl shares a connection only among requests with one certificate:
    // those that were made with an older one are not used again.
    http::Tls tls = *settings_.tls;
    tls.client_cert_pem = std::move(status.cert_pem);
    tls.client_key_pem = std::move(status.key_pem);
    credential.tls = std::make_shared<const http::Tls>(std::move(tls));
  }
  proof_ = std::move(credential);
  expires_ = status.expires;
  co_return Result<void>{};
}

Result<bool> ExecCredentials::is_interactive() const {
  const std::string& mode = settings_.plugin.interactive_mode;
  if (mode == "Always" && !settings_.stdin_is_terminal) {
    return fail(ErrorKind::config,
                "exec plugin cannot support interactive mode: standard input "
                "is not a terminal");
  }
  return mode != "Never" && settings_.stdin_is_terminal;
}

async::Task<Result<ExecStatus>> ExecCredentials::ask_plugin(Access access) {
  const ExecPlugin& plugin = settings_.plugin;
  CO_TRY_ASSIGN(const bool interactive, is_interactive());
  const Result<std::string> path = find_program(plugin.command, settings_.env);
  CO_TRY(check_policy(settings_.policy, plugin.command,
                      path.value_or(plugin.command), settings_.env));
  if (!path) {
    co_return std::unexpected(not_installed(plugin, path.error()));
  }
  const std::string info =
      exec_info(plugin.api_version, interactive, settings_.cluster);
  async::Command command{
      .path = *path,
      .arguments = plugin.args,
      .environment = environment_of(settings_.env, plugin, info),
      .with_stdin = interactive,
      .limit = settings_.time_limit.value_or(plugin_time_limit(
          plugin.interactive_mode, settings_.stdin_is_terminal))};
  Result<async::ProcessEnd> end =
      co_await async::run_process(std::move(command), access.stop);
  if (!end) {
    co_return std::unexpected(not_ended(plugin, end.error()));
  }
  if (end->exit_code != 0) {
    co_return std::unexpected(has_failed(plugin, *end));
  }
  co_return parse_exec_credential(end->output, plugin.api_version);
}

}  // namespace kprofefe::kube
