// SPDX-License-Identifier: MIT
#include "collect/target_access_request.hpp"

#include "base/file.hpp"
#include "base/text.hpp"
#include "http/bearer.hpp"
#include "http/pem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <utility>

namespace kprofefe::collect {
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
                "invalid header: no colon; use 'Name: value'");
  }
  const std::string_view name = trim(text.substr(0, colon));
  const bool odd = std::ranges::any_of(text, [](char c) {
    return static_cast<unsigned char>(c) < ' ' && c != '\t';
  });
  if (!is_visible(name) || odd) {
    return fail(
        ErrorKind::usage,
        fmt::format(
            "invalid header \"{}\": invalid characters in its name or value",
            one_line(name)));
  }
  if (is_ours(name)) {
    return fail(
        ErrorKind::usage,
        fmt::format(
            "header {} is reserved for the connection and cannot be set",
            name));
  }
  return std::pair(std::string(name),
                   std::string(trim(text.substr(colon + 1))));
}

/// What Authorization is to be; empty for nothing.
Result<std::string> read_authorization(const TargetAccessRequest& request,
                                       const Env& env) {
  if (!request.token_file.empty()) {
    Result<std::string> text = read_file(request.token_file, k_max_file_bytes);
    if (!text) {
      return std::unexpected(text.error().with_context("--target-token-file"));
    }
    return http::bearer(*text, "--target-token-file: " + request.token_file);
  }
  if (!request.token_variable.empty()) {
    const auto value = env.get(request.token_variable);
    if (!value) {
      return fail(ErrorKind::config,
                  fmt::format("--target-token-env: ${} is not set in the "
                              "environment, or empty",
                              request.token_variable));
    }
    return http::bearer(*value,
                        "--target-token-env: $" + request.token_variable);
  }
  return std::string();
}

Result<http::Tls> read_tls(const TargetAccessRequest& request) {
  http::Tls tls{.server_name = request.server_name,
                .insecure = request.insecure};
  if (!request.ca_file.empty()) {
    Result<std::string> pem = read_file(request.ca_file, k_max_file_bytes);
    if (!pem) {
      return std::unexpected(pem.error().with_context("--target-ca"));
    }
    TRY(http::check_certificates(*pem, "--target-ca: " + request.ca_file));
    tls.ca_pem = http::usable_certificates(*pem);
  }
  return tls;
}

/// That no two of its fields exclude each other. Errors: usage.
Result<void> check(const TargetAccessRequest& request) {
  if (request.insecure && !request.ca_file.empty()) {
    return fail(ErrorKind::usage,
                "--target-insecure cannot be combined with --target-ca");
  }
  if (!request.token_file.empty() && !request.token_variable.empty()) {
    return fail(
        ErrorKind::usage,
        "--target-token-file cannot be combined with --target-token-env");
  }
  return {};
}

}  // namespace

Result<http::Headers> read_headers(const std::vector<std::string>& texts) {
  http::Headers headers;
  for (const std::string& text : texts) {
    TRY_ASSIGN(auto header, read_header(text));
    headers.push_back(std::move(header));
  }
  return headers;
}

Result<TargetAccess> read_target_access(const TargetAccessRequest& request,
                                        const Env& env) {
  TRY(check(request));
  TargetAccess access{.sends_token_in_clear = request.token_insecure,
                      .refuses_local_ips = !request.allow_local_ips};
  if (request.insecure || !request.ca_file.empty() ||
      !request.server_name.empty()) {
    TRY_ASSIGN(http::Tls tls, read_tls(request));
    access.tls = std::make_shared<const http::Tls>(std::move(tls));
  }
  access.headers = request.headers;
  TRY_ASSIGN(std::string authorization, read_authorization(request, env));
  if (!authorization.empty()) {
    if (http::find_header(access.headers, "Authorization")) {
      return fail(ErrorKind::usage,
                  "Authorization is set twice: by --target-header and by a "
                  "token");
    }
    access.headers.emplace_back("Authorization", std::move(authorization));
  }
  return access;
}

}  // namespace kprofefe::collect
