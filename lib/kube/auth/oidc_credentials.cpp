// SPDX-License-Identifier: MIT
#include "kube/auth/oidc_credentials.hpp"

#include "base/base64.hpp"
#include "base/moment.hpp"
#include "base/text.hpp"
#include "http/proxy.hpp"
#include "http/url.hpp"
#include "kube/auth/url_user.hpp"
#include "kube/config/kubeconfig_edit.hpp"
#include "kube/text/json_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace kprofefe::kube {
namespace {

using Json = nlohmann::json;

constexpr const char* k_authorization = "Authorization";
constexpr std::string_view k_id_token = "id-token";
constexpr std::string_view k_refresh_token = "refresh-token";

/// What the issuer says went wrong (RFC 6749, 5.2), never the whole answer.
std::string refusal_of(const http::Response& response) {
  const Json json = Json::parse(response.body.bytes.view(), nullptr, false);
  if (!json.is_object()) {
    return fmt::format("status {}", response.status);
  }
  return fmt::format("status {}: {} {}", response.status,
                     one_line(text_of(json, "error")),
                     one_line(text_of(json, "error_description")));
}

/// As forms have it, and RFC 6749 (2.3.1) a client's name and secret: a space
/// is a plus.
std::string form_encode(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    encoded += c == ' ' ? "+" : http::percent_encode({&c, 1});
  }
  return encoded;
}

/// As Go reads it: a number, be it in quotes. One that 64 bits cannot hold has
/// expired.
std::optional<std::chrono::sys_seconds> read_expiry(const Json& value) {
  constexpr double k_limit = 9.2e18;
  const Json number =
      value.is_string()
          ? Json::parse(value.get_ref<const std::string&>(), nullptr, false)
          : value;
  if (!number.is_number()) {
    return std::nullopt;
  }
  const bool fits = std::abs(number.get<double>()) < k_limit;
  return std::chrono::sys_seconds(
      std::chrono::seconds(fits ? number.get<std::int64_t>() : 0));
}

}  // namespace

Result<SystemTime> jwt_expiry(std::string_view token) {
  constexpr std::size_t k_parts = 3;
  const std::vector<std::string_view> parts = split(token, '.');
  const auto payload = parts.size() == k_parts ? decode_base64_url(parts[1])
                                               : std::optional<std::string>();
  const Json claims = payload ? Json::parse(*payload, nullptr, false) : Json();
  if (!claims.is_object()) {
    return fail(ErrorKind::config, "ID Token is not a valid JWT");
  }
  const auto found = claims.find("exp");
  if (found == claims.end()) {
    return SystemTime();
  }
  const std::optional<std::chrono::sys_seconds> expiry = read_expiry(*found);
  if (!expiry) {
    return fail(ErrorKind::config, "parsing claims: exp is not a number");
  }
  return saturated(*expiry);
}

OidcCredentials::OidcCredentials(Settings settings)
    : settings_(std::move(settings)),
      tls_(std::make_shared<http::Tls>(http::Tls{.ca_pem = settings_.ca_pem})) {
}

std::string OidcCredentials::field(std::string_view key) const {
  const auto found = settings_.provider.config.find(key);
  return found == settings_.provider.config.end() ? "" : found->second;
}

async::Task<Result<Credential>> OidcCredentials::current(Access access) {
  // As golang.org/x/oauth2: clocks differ.
  constexpr std::chrono::seconds k_margin{10};
  bool valid = false;
  if (const std::string token = field(k_id_token); !token.empty()) {
    CO_TRY_ASSIGN(const SystemTime expiry, jwt_expiry(token));
    valid = settings_.env.now() + k_margin < expiry;
  }
  if (!valid) {
    const auto work = [this, &access] { return refresh(access); };
    CO_TRY(co_await run_.join(work));
  }
  Credential credential;
  CO_TRY_ASSIGN(credential.authorization, bearer(field(k_id_token)));
  co_return credential;
}

async::Task<Result<bool>> OidcCredentials::renew(Access /*access*/,
                                                 Credential rejected) {
  // client-go does not ask for another while the one it has is valid.
  const Result<std::string> now = bearer(field(k_id_token));
  co_return now && *now != rejected.authorization;
}

/// A user in the URL goes into a header, where nobody prints it.
http::Request OidcCredentials::request(const Access& access,
                                       std::string url) const {
  http::Request request;
  const std::string user = basic_of_user(take_user(url));
  if (!user.empty()) {
    request.headers.emplace_back(k_authorization, user);
  }
  request.url = std::move(url);
  request.tls = tls_;
  request.proxy = std::nullopt;  // by the environment
  request.limits.max_body_bytes = std::size_t{1} << 20;
  request.limits.stop = access.stop;
  return request;
}

/// Why there was no answer from the issuer. What kind of failure that is must
/// not be taken for one of the API server's.
Error OidcCredentials::not_reached(Error error) const {
  if (error.kind == ErrorKind::untrusted) {
    error.message += settings_.ca_pem.empty()
                         ? "; checked against the system's certificates"
                         : "; checked against the user's "
                           "idp-certificate-authority";
  }
  if (error.kind != ErrorKind::cancelled) {
    error.kind = ErrorKind::config;
    error.detail = ErrorDetail::none;  // the cluster's TLS is not meant
  }
  return error;
}

async::Task<Result<std::string>> OidcCredentials::token_endpoint(
    Access access) {
  std::string issuer = field("idp-issuer-url");
  if (issuer.ends_with('/')) {
    issuer.pop_back();
  }
  Result<http::Response> answer = co_await access.client->send(
      request(access, issuer + "/.well-known/openid-configuration"));
  issuer = http::without_user(issuer);  // from here on for messages
  if (!answer) {
    co_return std::unexpected(not_reached(answer.error()).with_context(issuer));
  }
  constexpr int k_ok = 200;
  const Json metadata = Json::parse(answer->body.bytes.view(), nullptr, false);
  const std::string endpoint =
      metadata.is_object() ? text_of(metadata, "token_endpoint") : "";
  if (answer->status != k_ok || endpoint.empty()) {
    co_return fail(
        ErrorKind::config,
        fmt::format("oidc: {} returned no token_endpoint (status {})", issuer,
                    answer->status));
  }
  co_return endpoint;
}

async::Task<Result<http::Response>> OidcCredentials::post(Access access,
                                                          std::string url,
                                                          bool secret_in_body) {
  const std::string id = field("client-id");
  const std::string secret = field("client-secret");
  http::Query form;
  form.add("grant_type", "refresh_token")
      .add("refresh_token", field(k_refresh_token));
  http::Request asked = request(access, std::move(url));
  asked.method = "POST";
  if (secret_in_body) {
    form.add("client_id", id).add("client_secret", secret);
  } else {
    asked.headers = {
        {k_authorization, basic(form_encode(id), form_encode(secret))}};
  }
  asked.headers.emplace_back("Content-Type",
                             "application/x-www-form-urlencoded");
  asked.headers.emplace_back("Accept", "application/json");
  asked.body = form.text();
  co_return co_await access.client->send(asked);
}

/// Issuers want client and secret in one of two places, and do not say which.
async::Task<Result<http::Response>> OidcCredentials::ask_issuer(Access access) {
  CO_TRY_ASSIGN(const std::string url, co_await token_endpoint(access));
  Result<http::Response> answer = co_await post(access, url, false);
  if (answer && !answer->ok()) {
    answer = co_await post(access, url, true);
  }
  if (!answer) {
    co_return std::unexpected(
        not_reached(answer.error())
            .with_context("failed to refresh token: " +
                          one_line(http::without_user(url))));
  }
  co_return *std::move(answer);
}

async::Task<Result<void>> OidcCredentials::refresh(Access access) {
  if (field(k_refresh_token).empty()) {
    co_return fail(
        ErrorKind::config,
        "No valid id-token, and cannot refresh without refresh-token");
  }
  // Most issuers take a refresh token once: it is not spent on tokens that
  // cannot be kept.
  const Result<void> can_save =
      can_save_provider(settings_.file, settings_.user,
                        {{std::string(k_id_token), "new"},
                         {std::string(k_refresh_token), "new"}});
  if (!can_save) {
    co_return std::unexpected(
        can_save.error().with_context("could not persist new tokens"));
  }
  CO_TRY_ASSIGN(const http::Response response, co_await ask_issuer(access));
  co_return keep(response);
}

Result<void> OidcCredentials::keep(const http::Response& response) {
  if (!response.ok()) {
    return fail(ErrorKind::denied,
                "failed to refresh token: " + refusal_of(response));
  }
  const Json json = Json::parse(response.body.bytes.view(), nullptr, false);
  const std::string id = json.is_object() ? text_of(json, "id_token") : "";
  if (id.empty()) {
    return fail(ErrorKind::config,
                "token response did not contain an id_token, either the scope "
                "\"openid\" wasn't requested upon login, or the provider "
                "doesn't support id_tokens as part of the refresh response");
  }
  TRY(bearer(id));
  ProviderFields fields{{std::string(k_id_token), id}};
  const std::string refresh = text_of(json, "refresh_token");
  if (!refresh.empty()) {
    TRY(bearer(refresh));  // fit to be written between quotes
    fields.emplace(k_refresh_token, refresh);
  }
  const Result<void> saved =
      save_provider(settings_.file, settings_.user, fields);
  if (!saved) {
    return std::unexpected(
        saved.error().with_context("could not persist new tokens"));
  }
  for (const auto& [key, value] : fields) {
    settings_.provider.config.insert_or_assign(key, value);
  }
  return {};
}

}  // namespace kprofefe::kube
