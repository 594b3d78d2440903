// SPDX-License-Identifier: MIT
#include "cmd/target_flags.hpp"

#include "cmd/flag_checks.hpp"

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
                "--target-header: no colon; write it like 'X-Team: shop'");
  }
  const std::string_view name = trim(text.substr(0, colon));
  const bool odd = std::ranges::any_of(text, [](char c) {
    return static_cast<unsigned char>(c) < ' ' && c != '\t';
  });
  if (!is_visible(name) || odd) {
    return fail(ErrorKind::usage,
                fmt::format("--target-header: \"{}\" or its value cannot stand "
                            "in a header",
                            one_line(name)));
  }
  if (is_ours(name)) {
    return fail(ErrorKind::usage,
                fmt::format("--target-header: {} belongs to the connection "
                            "and cannot be set",
                            name));
  }
  return std::pair(std::string(name),
                   std::string(trim(text.substr(colon + 1))));
}

Result<std::string> read_bearer(std::string_view token, std::string_view from) {
  token = trim(token);
  if (!is_visible(token)) {
    return fail(
        ErrorKind::config,
        fmt::format("{} holds no token that can stand in a header", from));
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

void add_target_flags(CLI::App& app, TargetFlags& flags) {
  const std::string group = k_target_group;
  CLI::Option* const ca =
      app.add_option("--target-ca", flags.ca_file,
                     "Verify pods with the certificates in this file (default: "
                     "the system's)")
          ->type_name("FILE")
          ->check(refuse_empty)
          ->group(group);
  app.add_option("--target-server-name", flags.server_name,
                 "The name in the pods' certificate (default: the pod's IP)")
      ->type_name("NAME")
      ->check(refuse_empty)
      ->group(group);
  app.add_flag("--target-insecure", flags.insecure,
               "Do not verify the pods' certificates")
      ->group(group)
      ->excludes(ca);
  app.add_option("--target-header", flags.headers,
                 "Header to send to pods, as 'Name: value'; may be repeated")
      ->type_name("HEADER")
      ->check(refuse_empty)
      ->take_all()
      ->expected(1)
      ->group(group);
  CLI::Option* const file =
      app.add_option("--target-token-file", flags.token_file,
                     "Send the token in this file as a bearer to pods")
          ->type_name("FILE")
          ->check(refuse_empty)
          ->group(group);
  app.add_option("--target-token-env", flags.token_variable,
                 "Send the token in this environment variable as a bearer to "
                 "pods")
      ->type_name("NAME")
      ->check(refuse_empty)
      ->group(group)
      ->excludes(file);
  app.add_flag("--target-token-insecure", flags.token_insecure,
               "Send the token, or an Authorization header, also over plain "
               "HTTP to the pods' addresses; through a port-forward it goes "
               "in TLS to the cluster, and needs no flag")
      ->group(group);
}

Result<collect::TargetAccess> read_target_access(const TargetFlags& flags,
                                                 const Env& env) {
  collect::TargetAccess access{.sends_token_in_clear = flags.token_insecure,
                               .refuses_local_ips = !flags.allow_local_ips};
  if (flags.insecure || !flags.ca_file.empty() || !flags.server_name.empty()) {
    TRY_ASSIGN(http::Tls tls, read_tls(flags));
    access.tls = std::make_shared<const http::Tls>(std::move(tls));
  }
  for (const std::string& text : flags.headers) {
    TRY_ASSIGN(auto header, read_header(text));
    access.headers.push_back(std::move(header));
  }
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
