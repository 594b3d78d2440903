// SPDX-License-Identifier: MIT
#include "kube/api_error.hpp"

#include "base/text.hpp"
#include "http/curl_error.hpp"
#include "http/error_text.hpp"
#include "http/proxy.hpp"
#include "http/redirect.hpp"
#include "http/wrong_protocol.hpp"
#include "kube/api/status.hpp"

#include <fmt/format.h>

#include <optional>
#include <string_view>

namespace kprofefe::kube {
namespace {

/// A resource by the name of one of its objects.
std::string_view one_of(std::string_view resource) {
  const bool is_plural = resource == "pods" || resource == "services";
  return is_plural ? resource.substr(0, resource.size() - 1) : resource;
}

constexpr std::size_t k_max_message = 400;

std::string server_of(const ClusterConfig& cluster) {
  return http::origin(cluster.server);
}

/// What the server, or what stands before it, says.
std::string words_of(const http::Response& response) {
  const std::string words =
      http::error_text(response.body.bytes, k_max_message);
  return words.empty() ? "no reason given" : words;
}

/// What the server's TLS says of a client certificate is of which one.
std::string about_certificate(const ClusterConfig& cluster,
                              const Error& error) {
  const bool is_about_it = error.detail == ErrorDetail::certificate_refused ||
                           error.detail == ErrorDetail::certificate_wanted;
  if (is_about_it) {
    return cluster.certificate.empty()
               ? fmt::format("; {} has none", cluster.source)
               : "; it was sent " + cluster.certificate;
  }
  // Who is not content may be gone before it is read what of.
  const bool may_be_about_it = !cluster.tls->client_cert_pem.empty() &&
                               error.detail == ErrorDetail::reset;
  return may_be_about_it
             ? fmt::format("; does the server accept {}?", cluster.certificate)
             : std::string();
}

Error unauthorized(const ApiCall& call, const ClusterConfig& cluster,
                   const http::Response& response) {
  if (cluster.identity.empty()) {
    const std::string what =
        cluster.withholds_identity
            ? fmt::format(
                  "those of {} are sent only over TLS; should "
                  "the server be https://?",
                  cluster.source)
            : cluster.source + " has none";
    return {ErrorKind::denied,
            fmt::format("{}: {} requires credentials (401), but {}",
                        call.text(), server_of(cluster), what)};
  }
  return {
      ErrorKind::denied,
      fmt::format("{}: {} rejected {} (401: {}); has it expired?", call.text(),
                  server_of(cluster), cluster.identity, words_of(response))};
}

/// RBAC's `User "jane" cannot get resource ...` about a way to pods, without
/// the one pod it was asked for: the same holds for the others.
std::optional<Error> forbidden_way(const ApiCall& call,
                                   std::string_view message) {
  constexpr std::string_view k_begin = "User \"";
  const auto begin = message.find(k_begin);
  const auto end = message.find("\" cannot ", begin);
  if (!call.resource.contains('/') || end == std::string_view::npos) {
    return std::nullopt;
  }
  const auto name = begin + k_begin.size();
  return Error{ErrorKind::denied,
               fmt::format(R"(forbidden (403): "{}" needs the verb "{}" on )"
                           R"("{}" in namespace "{}")",
                           one_line(message.substr(name, end - name)),
                           call.verb, call.resource, call.ns)};
}

Error forbidden(const ApiCall& call, const ClusterConfig& cluster,
                const http::Response& response) {
  const std::optional<Status> status = parse_status(response.body.bytes);
  if (status) {
    if (std::optional<Error> way = forbidden_way(call, status->message)) {
      return *std::move(way);
    }
  }
  std::string hint;
  if (!status) {
    hint = fmt::format(
        "not a Kubernetes API response: is a proxy in front of "
        "{}?",
        server_of(cluster));
  } else {
    const std::string where = call.ns.empty()
                                  ? "a ClusterRole (for all namespaces)"
                                  : fmt::format(
                                        "a Role in namespace \"{}\" or a "
                                        "ClusterRole",
                                        call.ns);
    hint = fmt::format(R"(grant the verb "{}" on "{}" in {}{})", call.verb,
                       call.resource, where,
                       cluster.identity.empty()
                           ? ", or configure credentials: there are none"
                           : "");
  }
  return {ErrorKind::denied,
          fmt::format("{}: forbidden (403): {}; {}", call.text(),
                      words_of(response), hint)};
}

Error not_found(const ApiCall& call, const ClusterConfig& cluster,
                const http::Response& response) {
  if (!call.name.empty() && parse_status(response.body.bytes)) {
    // What is asked of a pod, such as a forward, is about the pod.
    const std::string_view what =
        call.resource == "services" ? "service" : "pod";
    return {ErrorKind::not_found,
            fmt::format(R"({} "{}" not found in namespace "{}")", what,
                        call.name, call.ns)};
  }
  return {ErrorKind::http_status,
          fmt::format("{}: {}{} returned 404 ({}); is this the URL of an "
                      "API server?",
                      call.text(), server_of(cluster), cluster.server.path,
                      words_of(response))};
}

Error html(const ApiCall& call, const ClusterConfig& cluster,
           const http::Response& response) {
  const std::string words = http::error_text(response.body.bytes);
  return {ErrorKind::malformed,
          fmt::format("{}: {} returned {} with HTML instead of JSON{}; is a "
                      "proxy or login page in front of the API server?",
                      call.text(), server_of(cluster), response.status,
                      words.empty() ? "" : fmt::format(" (\"{}\")", words))};
}

Error redirected(const ApiCall& call, const ClusterConfig& cluster,
                 const http::Response& response) {
  const auto location = http::find_header(response.headers, "Location");
  if (http::redirect_within(server_of(cluster), response)) {
    return {ErrorKind::http_status,
            fmt::format("{}: {} returned {}: too many redirects, "
                        "last to {}",
                        call.text(), server_of(cluster), response.status,
                        one_line(*location))};
  }
  return {ErrorKind::http_status,
          fmt::format("{}: {} returned {} with a redirect{}, which is not "
                      "followed; is a login page in front of the API server, "
                      "or is its URL wrong?",
                      call.text(), server_of(cluster), response.status,
                      location ? " to " + one_line(*location) : "")};
}

/// What answers plain HTTP on a port of TLS; nothing when that is not it.
std::optional<Error> wrong_scheme(const ApiCall& call,
                                  const ClusterConfig& cluster,
                                  const http::Response& response) {
  const std::string words = words_of(response);
  const std::string advice =
      http::advise_scheme(http::spoken_by(words), cluster.server.scheme);
  if (response.ok() || advice.empty()) {
    return std::nullopt;
  }
  return Error{ErrorKind::http_status,
               fmt::format("{}: {} returned {}: {}{} ({})", call.text(),
                           server_of(cluster), response.status, words, advice,
                           cluster.source)};
}

/// The API server's own refusal, not one that a pod sent through it: a pod may
/// be an API server too.
bool is_about_proxy(const http::Response& response, const Status& status) {
  return response.status != 403 ||
         status.message.find("pods/proxy") != std::string::npos;
}

/// The API server's priority and fairness, which speaks no Status. Whatever
/// else an answer by its proxy has of it, an answer of the pod has as well.
bool is_overload(const http::Response& response) {
  return response.status == 429 &&
         trim(response.body.bytes) ==
             "Too many requests, please try again later.";
}

}  // namespace

std::string ApiCall::text() const {
  const std::string where =
      ns.empty() ? "in all namespaces" : fmt::format("in namespace \"{}\"", ns);
  if (name.empty()) {
    return fmt::format("{} {} {}", verb, resource, where);
  }
  return fmt::format("{} {} \"{}\" {}", verb, one_of(resource), name, where);
}

bool is_html(const http::Response& response) {
  constexpr std::size_t k_look = 256;
  return response.content_type() == "text/html" ||
         trim(response.body.bytes.view().substr(0, k_look)).starts_with('<');
}

Error explain_response(const ApiCall& call, const ClusterConfig& cluster,
                       const http::Response& response) {
  const int status = response.status;
  if (status >= 300 && status < 400) {
    return redirected(call, cluster, response);
  }
  if (std::optional<Error> wrong = wrong_scheme(call, cluster, response)) {
    return *std::move(wrong);
  }
  if (is_html(response)) {
    return html(call, cluster, response);
  }
  switch (status) {
    case 401:
      return unauthorized(call, cluster, response);
    case 403:
      return forbidden(call, cluster, response);
    case 404:
      return not_found(call, cluster, response);
    default:
      return {ErrorKind::http_status,
              fmt::format("{}: {} returned {}: {}", call.text(),
                          server_of(cluster), status, words_of(response))};
  }
}

std::optional<Error> explain_proxy_refusal(const ApiCall& call,
                                           const ClusterConfig& cluster,
                                           const http::Response& response) {
  if (is_overload(response)) {
    return explain_response(call, cluster, response);
  }
  const std::optional<Status> status = parse_status(response.body.bytes);
  if (!status || !is_about_proxy(response, *status)) {
    return std::nullopt;
  }
  if (response.status == 502 || response.status == 503) {
    return Error{ErrorKind::unreachable,
                 fmt::format("{} cannot reach the pod: {}", server_of(cluster),
                             words_of(response))};
  }
  return explain_response(call, cluster, response);
}

Error explain_failure(const ApiCall& call, const ClusterConfig& cluster,
                      const Error& error) {
  if (error.kind == ErrorKind::cancelled) {
    return error.with_context(call.text());
  }
  Error explained = error;
  explained.message += about_certificate(cluster, error);
  if (!error.is_at_proxy) {
    explained.message +=
        http::advise_scheme(http::spoken_by(error), cluster.server.scheme);
  }
  if (error.kind == ErrorKind::untrusted) {
    const std::string& name = cluster.tls->server_name;
    explained.message += "; checked against " + cluster.ca_source;
    if (!name.empty() && !error.is_at_proxy) {
      explained.message +=
          fmt::format(" for the name \"{}\" (tls-server-name)", name);
    }
  } else if (error.kind == ErrorKind::config &&
             error.detail == ErrorDetail::tls) {
    // OpenSSL could not use what looked like PEM to us.
    explained.message += "; check " + cluster.ca_source;
    if (!cluster.tls->client_cert_pem.empty()) {
      explained.message += " and " + cluster.certificate;
    }
  }
  const bool is_connecting = error.kind == ErrorKind::unreachable ||
                             error.kind == ErrorKind::untrusted ||
                             error.kind == ErrorKind::network;
  if (is_connecting && !error.is_at_proxy && !cluster.proxy.empty()) {
    explained.message +=
        " through the proxy " + http::without_user(cluster.proxy);
  }
  if (error.kind == ErrorKind::unreachable ||
      error.kind == ErrorKind::untrusted) {
    explained.message += fmt::format(" ({})", cluster.source);
    return explained.with_context("connect to " + server_of(cluster));
  }
  return explained.with_context(
      fmt::format("{} from {}", call.text(), server_of(cluster)));
}

}  // namespace kprofefe::kube
