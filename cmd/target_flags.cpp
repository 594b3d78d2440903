// SPDX-License-Identifier: MIT
#include "cmd/target_flags.hpp"

#include "cmd/help.hpp"

#include "base/file.hpp"
#include "base/text.hpp"
#include "http/certificates.hpp"
#include "kube/pem.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <utility>

namespace kprofefe::cmd {
namespace {

constexpr std::size_t k_max_file_bytes = std::size_t{1} << 20;

/// Visible ASCII: what a token and a header's name are made of.
bool is_visible(std::string_view text) {
  return !text.empty() &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

/// What says how a message is framed or a connection used (RFC 9110, 7.6.1) is
/// not the user's to say.
bool is_ours(std::string_view name) {
  constexpr std::array<std::string_view, 11> k_ours = {
      "Connection",       "Content-Length",     "Expect",
      "HTTP2-Settings",   "Keep-Alive",         "TE",
      "Trailer",          "Transfer-Encoding",  "Upgrade",
      "Proxy-Connection", "Proxy-Authorization"};
  return std::ranges::any_of(k_ours, [&](std::string_view header) {
    return equals_ignoring_case(header, name);
  });
}

Result<std::pair<std::string, std::string>> read_header(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) {
    // All of it may be a secret.
    return fail(ErrorKind::usage,
                "invalid header without a colon: use 'Name: value'");
  }
  const std::string_view name = trim(text.substr(0, colon));
  const bool odd = std::ranges::any_of(text, [](char c) {
    return static_cast<unsigned char>(c) < ' ' && c != '\t';
  });
  if (!is_visible(name) || odd) {
    return fail(ErrorKind::usage,
                fmt::format("\"{}\" or its value is not allowed in a header",
                            one_line(name)));
  }
  if (is_ours(name)) {
    return fail(
        ErrorKind::usage,
        fmt::format("{} belongs to the connection and cannot be set", name));
  }
  return std::pair(std::string(name),
                   std::string(trim(text.substr(colon + 1))));
}

Result<std::string> read_bearer(std::string_view token, std::string_view from) {
  token = trim(token);
  if (!is_visible(token)) {
    return fail(
        ErrorKind::config,
        fmt::format("{} holds no token that is allowed in a header", from));
  }
  return fmt::format("Bearer {}", token);
}

/// What Authorization is to be; empty for nothing.
Result<std::string> read_authorization(const TargetFlags& flags,
                                       const Env& env) {
  if (!flags.token_file.empty()) {
    Result<std::string> text = read_file(flags.token_file, k_max_file_bytes);
    if (!text) {
      return std::unexpected(text.error().with_context("--target-token-file"));
    }
    return read_bearer(*text, "--target-token-file: " + flags.token_file);
  }
  if (!flags.token_variable.empty()) {
    const auto value = env.get(flags.token_variable);
    if (!value) {
      return fail(ErrorKind::config,
                  fmt::format("--target-token-env: there is no ${} in the "
                              "environment, or it is empty",
                              flags.token_variable));
    }
    return read_bearer(*value, "--target-token-env: $" + flags.token_variable);
  }
  return std::string();
}

Result<http::Tls> read_tls(const TargetFlags& flags) {
  http::Tls tls{.server_name = flags.server_name, .insecure = flags.insecure};
  if (!flags.ca_file.empty()) {
    Result<std::string> pem = read_file(flags.ca_file, k_max_file_bytes);
    if (!pem) {
      return std::unexpected(pem.error().with_context("--target-ca"));
    }
    TRY(kube::check_certificates(*pem, "--target-ca: " + flags.ca_file));
    tls.ca_pem = http::usable_certificates(*pem);
  }
  return tls;
}

}  // namespace

void add_target_flags(CLI::App& app, TargetFlags& flags, ScopedFlags* scoped,
                      bool is_shown) {
  FlagGroup group(app, is_shown ? "Pods behind TLS or a login" : k_shared_group,
                  scoped, &k_fetches_from_pods);
  CLI::Option* const ca =
      group.value("--target-ca", flags.ca_file, "FILE",
                  "Verify pods with the certificates in this file (default: "
                  "the system's)");
  CLI::Option* const name =
      group.value("--target-server-name", flags.server_name, "NAME",
                  "The name in the pods' certificate (default: the pod's IP)");
  group
      .flag("--target-insecure", flags.insecure,
            "Do not verify the pods' certificates")
      ->excludes(ca);
  CLI::Option* const header = group.parsed_list(
      "--target-header", flags.headers, read_headers, "HEADER",
      "Header to send to pods, as 'Name: value'; may be repeated");
  CLI::Option* const file =
      group.value("--target-token-file", flags.token_file, "FILE",
                  "Send the token in this file to pods, as a bearer token");
  CLI::Option* const variable =
      group.value("--target-token-env", flags.token_variable, "NAME",
                  "Send the token in this environment variable to pods, as a "
                  "bearer token");
  variable->excludes(file);
  group.flag("--target-token-insecure", flags.token_insecure,
             "Send the token, or an Authorization header, also over plain HTTP "
             "to the pods' addresses; through a port-forward it goes in TLS to "
             "the cluster, and needs no flag");
  for (CLI::Option* const option : {ca, name, header, file, variable}) {
    option->check(refuse_empty);
  }
}

Result<http::Headers> read_headers(const std::vector<std::string>& texts) {
  http::Headers headers;
  for (const std::string& text : texts) {
    TRY_ASSIGN(auto header, read_header(text));
    headers.push_back(std::move(header));
  }
  return headers;
}

Result<collect::TargetAccess> read_target_access(const TargetFlags& flags,
                                                 const Env& env) {
  collect::TargetAccess access{.sends_token_in_clear = flags.token_insecure,
                               .refuses_local_ips = !flags.allow_local_ips};
  if (flags.insecure || !flags.ca_file.empty() || !flags.server_name.empty()) {
    TRY_ASSIGN(http::Tls tls, read_tls(flags));
    access.tls = std::make_shared<const http::Tls>(std::move(tls));
  }
  access.headers = flags.headers;
  TRY_ASSIGN(std::string authorization, read_authorization(flags, env));
  if (!authorization.empty()) {
    if (http::find_header(access.headers, "Authorization")) {
      return fail(ErrorKind::usage,
                  "Authorization is given twice: by --target-header and as a "
                  "token");
    }
    access.headers.emplace_back("Authorization", std::move(authorization));
  }
  return access;
}

}  // namespace kprofefe::cmd
