// SPDX-License-Identifier: MIT
#include "kube/auth/exec_credential.hpp"

#include "base/base64.hpp"
#include "base/moment.hpp"
#include "base/text.hpp"
#include "http/key_pair.hpp"
#include "http/pem.hpp"
#include "kube/text/yaml_json.hpp"
#include "kube/text/yaml_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <utility>

namespace kprofefe::kube {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* k_kind = "ExecCredential";

std::unexpected<Error> fail_to_decode(std::string_view why) {
  return fail(ErrorKind::config, fmt::format("decoding stdout: {}", why));
}

/// A field that is text; nothing when it is missing or null.
Result<std::optional<std::string>> text_field(const Json& object,
                                              const std::string& path) {
  const auto found = object.find(path.substr(path.rfind('.') + 1));
  if (found == object.end() || found->is_null()) {
    return std::nullopt;
  }
  if (!found->is_string()) {
    return fail_to_decode(
        fmt::format("cannot unmarshal {} into {}: expected a string",
                    found->type_name(), path));
  }
  return found->get<std::string>();
}

/// Where JSON begins behind other text, which many plugins print for people.
bool has_text_before_json(std::string_view output) {
  const auto brace = output.find("\n{");
  return brace != std::string_view::npos &&
         !trim(output.substr(0, brace)).empty();
}

Result<Json> parse_yaml(const std::string& output) {
  try {
    const auto json = json_of(load_yaml(output));
    if (!json) {
      return fail_to_decode(fmt::format(
          "line {}: {}", json.error().mark.line + 1, json.error().why));
    }
    return Json::parse(*json, nullptr, false);
  } catch (const YAML::Exception&) {
    return Json(nullptr);
  }
}

/// What begins as JSON is nothing else, to the last byte; the rest is YAML.
Result<Json> parse_output(const std::string& output) {
  if (trim(output).starts_with('{')) {
    return Json::parse(output, nullptr, false);
  }
  TRY_ASSIGN(Json credential, parse_yaml(output));
  if (!credential.is_object() && has_text_before_json(output)) {
    return fail_to_decode(
        "unexpected text before the JSON; the plugin must print it to "
        "standard error");
  }
  return credential;
}

Result<void> check_kind(const Json& credential,
                        const std::string& api_version) {
  if (!credential.is_object()) {
    return fail_to_decode("not an ExecCredential");
  }
  TRY_ASSIGN(const auto kind, text_field(credential, "kind"));
  TRY_ASSIGN(const auto named, text_field(credential, "apiVersion"));
  if (!kind.value_or("").empty() && kind != k_kind) {
    return fail_to_decode("not an ExecCredential");
  }
  const std::string version = named.value_or("");
  if (version != api_version) {
    return fail(
        ErrorKind::config,
        fmt::format("exec plugin is configured to use API version {}, "
                    "plugin returned version {}",
                    api_version, version.empty() ? "none" : one_line(version)));
  }
  return {};
}

Result<void> check_status(const ExecStatus& status) {
  if (status.token.empty() && status.cert_pem.empty() &&
      status.key_pem.empty()) {
    return fail(ErrorKind::config,
                "exec plugin didn't return a token or cert/key pair");
  }
  if (status.cert_pem.empty() != status.key_pem.empty()) {
    return fail(ErrorKind::config,
                "exec plugin returned only certificate or key, not both");
  }
  if (!status.cert_pem.empty()) {
    constexpr std::string_view k_what = "failed parsing client key/certificate";
    TRY(http::check_certificates(status.cert_pem,
                                 fmt::format("{}: the certificate", k_what)));
    TRY(http::check_private_key(status.key_pem,
                                fmt::format("{}: the key", k_what)));
    if (!http::is_key_pair(status.cert_pem, status.key_pem)) {
      return fail(
          ErrorKind::config,
          fmt::format("{}: private key does not match public key", k_what));
    }
  }
  return {};
}

/// Nothing for Go's zero time, which some plugins print where nothing expires.
Result<std::optional<SystemTime>> parse_expiry(const std::string& text) {
  constexpr std::chrono::sys_seconds k_zero = std::chrono::sys_days(
      std::chrono::year(1) / std::chrono::January / std::chrono::day(1));
  const auto time = parse_rfc3339_of_any_year(text);
  if (!time) {
    return fail_to_decode("invalid expirationTimestamp");
  }
  return *time == k_zero ? std::nullopt : std::optional(saturated(*time));
}

}  // namespace

std::string exec_info(const std::string& api_version, bool interactive,
                      const std::string& cluster) {
  Json spec = Json::object();
  if (!cluster.empty()) {
    spec["cluster"] = Json::parse(cluster, nullptr, false);
  }
  spec["interactive"] = interactive;
  const Json credential = {
      {"kind", k_kind}, {"apiVersion", api_version}, {"spec", spec}};
  return credential.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string exec_cluster_json(const ExecCluster& cluster) {
  Json json = {{"server", cluster.server}};
  const auto put = [&json](const char* key, const std::string& value) {
    if (!value.empty()) {
      json[key] = value;
    }
  };
  put("tls-server-name", cluster.tls_server_name);
  if (cluster.insecure) {
    json["insecure-skip-tls-verify"] = true;
  }
  put("certificate-authority-data", encode_base64(cluster.ca_pem));
  put("proxy-url", cluster.proxy_url);
  if (cluster.disable_compression) {
    json["disable-compression"] = true;
  }
  // As client-go, which says null where there is nothing.
  json["config"] = cluster.config.empty()
                       ? Json(nullptr)
                       : Json::parse(cluster.config, nullptr, false);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<ExecStatus> parse_exec_credential(const std::string& output,
                                         const std::string& api_version) {
  TRY_ASSIGN(const Json credential, parse_output(output));
  TRY(check_kind(credential, api_version));
  const auto found = credential.find("status");
  if (found == credential.end() || !found->is_object()) {
    return fail(ErrorKind::config, "exec plugin didn't return a status field");
  }
  TRY_ASSIGN(auto token, text_field(*found, "status.token"));
  TRY_ASSIGN(auto cert, text_field(*found, "status.clientCertificateData"));
  TRY_ASSIGN(auto key, text_field(*found, "status.clientKeyData"));
  TRY_ASSIGN(const auto expires,
             text_field(*found, "status.expirationTimestamp"));
  ExecStatus status{.token = std::move(token).value_or(""),
                    .cert_pem = std::move(cert).value_or(""),
                    .key_pem = http::normal_private_key(key.value_or(""))};
  if (expires) {
    TRY_ASSIGN(status.expires, parse_expiry(*expires));
  }
  TRY(check_status(status));
  return status;
}

}  // namespace kprofefe::kube
