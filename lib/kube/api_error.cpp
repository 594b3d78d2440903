// SPDX-License-Identifier: MIT
#include "kube/api_error.hpp"

#include "base/text.hpp"
#include "kube/status.hpp"

#include <fmt/format.h>

#include <optional>
#include <string_view>

namespace kprofefe::kube {
namespace {

constexpr std::size_t k_max_message = 400;

std::string server_of(const ClusterConfig& cluster) {
  return http::origin(cluster.server);
}

/// The server's own words, or the first line of whatever it sent instead.
std::string words_of(const http::Response& response) {
  const std::optional<Status> status = parse_status(response.body.bytes);
  const std::string_view words =
      status ? std::string_view(status->message) : response.body.bytes;
  const std::string line = one_line(words, k_max_message);
  return line.empty() ? "without a reason" : line;
}

/// The title of a page, to tell a login page from a proxy's complaint.
std::string title_of(std::string_view html) {
  constexpr std::string_view k_begin = "<title>";
  const auto begin = html.find(k_begin);
  if (begin == std::string_view::npos) {
    return {};
  }
  html.remove_prefix(begin + k_begin.size());
  return one_line(html.substr(0, html.find('<')));
}

Error unauthorized(const ApiCall& call, const ClusterConfig& cluster,
                   const http::Response& response) {
  if (cluster.identity.empty()) {
    return {ErrorKind::denied,
            fmt::format("{}: {} asks for credentials (401), and {} has none",
                        call.text(), server_of(cluster), cluster.source)};
  }
  return {ErrorKind::denied,
          fmt::format("{}: {} does not accept {} (401: {}); has it expired?",
                      call.text(), server_of(cluster), cluster.identity,
                      words_of(response))};
}

Error forbidden(const ApiCall& call, const ClusterConfig& cluster,
                const http::Response& response) {
  std::string hint;
  if (!parse_status(response.body.bytes)) {
    hint = fmt::format(
        "these are not the words of an API server; what stands "
        "before {}?",
        server_of(cluster));
  } else {
    const std::string where =
        call.ns.empty() ? "a ClusterRole (all namespaces are asked for)"
                        : fmt::format(
                              "a Role in namespace \"{}\" or a "
                              "ClusterRole",
                              call.ns);
    hint = fmt::format(R"(what is missing is the verb "{}" on "{}" in {}{})",
                       call.verb, call.resource, where,
                       cluster.identity.empty()
                           ? ", or credentials: none are configured"
                           : "");
  }
  return {ErrorKind::denied,
          fmt::format("{}: forbidden (403): {}; {}", call.text(),
                      words_of(response), hint)};
}

Error not_found(const ApiCall& call, const ClusterConfig& cluster,
                const http::Response& response) {
  if (!call.name.empty() && parse_status(response.body.bytes)) {
    return {ErrorKind::not_found,
            fmt::format(R"(pod "{}" not found in namespace "{}")", call.name,
                        call.ns)};
  }
  return {ErrorKind::not_found,
          fmt::format("{}: {}{} answered 404 ({}); is that the address of an "
                      "API server?",
                      call.text(), server_of(cluster), cluster.server.path,
                      words_of(response))};
}

Error html(const ApiCall& call, const ClusterConfig& cluster,
           const http::Response& response) {
  const std::string title = title_of(response.body.bytes);
  return {ErrorKind::malformed,
          fmt::format("{}: {} answered {} with HTML instead of JSON{}; a proxy "
                      "or a login page stands before the API server",
                      call.text(), server_of(cluster), response.status,
                      title.empty() ? "" : fmt::format(" (\"{}\")", title))};
}

Error redirected(const ApiCall& call, const ClusterConfig& cluster,
                 const http::Response& response) {
  const auto location = http::find_header(response.headers, "Location");
  return {ErrorKind::http_status,
          fmt::format("{}: {} answered {} with a redirect{}, which is not "
                      "followed; a login page stands before the API server, "
                      "or its address is another",
                      call.text(), server_of(cluster), response.status,
                      location ? " to " + one_line(*location) : "")};
}

/// The API server's own refusal, not one that a pod sent through it: a pod may
/// be an API server too.
bool is_about_proxy(const http::Response& response, const Status& status) {
  return response.status != 403 ||
         status.message.find("pods/proxy") != std::string::npos;
}

}  // namespace

std::string ApiCall::text() const {
  const std::string where =
      ns.empty() ? "in all namespaces" : fmt::format("in namespace \"{}\"", ns);
  if (name.empty()) {
    return fmt::format("{} {} {}", verb, resource, where);
  }
  return fmt::format("{} {} \"{}\" {}", verb,
                     resource == "pods" ? "pod" : resource.c_str(), name,
                     where);
}

bool is_html(const http::Response& response) {
  constexpr std::size_t k_look = 256;
  return response.content_type() == "text/html" ||
         trim(std::string_view(response.body.bytes).substr(0, k_look))
             .starts_with('<');
}

Error explain_response(const ApiCall& call, const ClusterConfig& cluster,
                       const http::Response& response) {
  const int status = response.status;
  if (status >= 300 && status < 400) {
    return redirected(call, cluster, response);
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
              fmt::format("{}: {} answered {}: {}", call.text(),
                          server_of(cluster), status, words_of(response))};
  }
}

std::optional<Error> explain_proxy_refusal(const ApiCall& call,
                                           const ClusterConfig& cluster,
                                           const http::Response& response) {
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
  if (error.message.starts_with("TLS: the certificate")) {
    const std::string& name = cluster.tls->server_name;
    explained.message += "; checked against " + cluster.ca_source;
    if (!name.empty()) {
      explained.message +=
          fmt::format(" for the name \"{}\" (tls-server-name)", name);
    }
  } else if (error.kind == ErrorKind::config) {
    // OpenSSL could not use what looked like PEM to us.
    explained.message += "; look at " + cluster.ca_source;
    if (!cluster.identity.empty()) {
      explained.message += " and " + cluster.identity;
    }
  }
  if (error.kind == ErrorKind::unreachable) {
    explained.message += fmt::format(" ({})", cluster.source);
    return explained.with_context("connect to " + server_of(cluster));
  }
  return explained.with_context(
      fmt::format("{} from {}", call.text(), server_of(cluster)));
}

}  // namespace kprofefe::kube
