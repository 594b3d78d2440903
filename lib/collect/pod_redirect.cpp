// SPDX-License-Identifier: MIT
#include "collect/pod_redirect.hpp"

#include "base/text.hpp"
#include "collect/pprof_path.hpp"
#include "collect/target_access.hpp"
#include "http/url.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kprofefe::collect {
namespace {

/// What follows scheme, host and port in an absolute URL.
std::string_view path_and_query_of(std::string_view url) {
  constexpr std::string_view k_before_host = "://";
  const auto host = url.find(k_before_host) + k_before_host.size();
  return url.substr(std::min(url.find_first_of("/?", host), url.size()));
}

/// What to set where a server sends plain HTTP on to its TLS; empty where it
/// does not.
std::string advise_https(const Target& target, const std::string& from,
                         const http::Response& response) {
  const auto to = http::redirect_target(from, response);
  const Result<http::Url> there = http::parse_url(to.value_or(""));
  const Result<http::Url> here = http::parse_url(from);
  const bool is_upgrade = there && here && here->scheme == "http" &&
                          there->scheme == "https" && there->host == here->host;
  if (!is_upgrade) {
    return {};
  }
  const std::string port =
      there->port == target.port
          ? ""
          : fmt::format(" and profefe.com/port: \"{}\"", there->port);
  return "; set the annotation profefe.com/scheme: https" + port;
}

/// `path_and_query` without `root` before it; nothing when it is elsewhere.
std::optional<std::string> below(std::string_view root,
                                 std::string_view path_and_query) {
  if (!path_and_query.starts_with(root)) {
    return std::nullopt;
  }
  path_and_query.remove_prefix(root.size());
  if (path_and_query.starts_with('/')) {
    return std::string(path_and_query);
  }
  const bool is_root = path_and_query.empty() || path_and_query.front() == '?';
  return is_root ? std::optional("/" + std::string(path_and_query))
                 : std::nullopt;
}

}  // namespace

PodRedirects::PodRedirects(const Target& target,
                           std::string_view path_and_query)
    : target_(&target),
      url_(request_to(target, {}, path_and_query, {}).url),
      chain_(url_) {}

Result<std::optional<std::string>> PodRedirects::next(
    const http::Response& response) {
  const Result<std::optional<std::string>> url = chain_.next(response);
  if (!url) {
    return fail(url.error().kind,
                fmt::format("the pod {}{}", url.error().message,
                            advise_https(*target_, url_, response)));
  }
  if (!*url) {
    return std::nullopt;
  }
  const std::string_view next = path_and_query_of(**url);
  if (const auto why = why_no_pprof_path(next.substr(0, next.find('?')))) {
    return fail(
        ErrorKind::http_status,
        fmt::format("the pod redirects to {}: {}", one_line(**url), *why));
  }
  return std::string(next);
}

void unproxy_location(const std::string& proxy_url, http::Response& response) {
  const auto location =
      std::ranges::find_if(response.headers, [](const auto& header) {
        return equals_ignoring_case(header.first, "Location");
      });
  const std::optional<std::string> url =
      http::redirect_within(proxy_url, response);
  // One that is relative to the request is the pod's in any case.
  const bool is_from_root = url && (location->second.starts_with('/') ||
                                    location->second.contains("://"));
  if (!is_from_root) {
    return;
  }
  // A server before the API server may have a path that this one cannot know.
  const std::string_view root = path_and_query_of(proxy_url);
  const std::string_view root_of_api = root.substr(root.find("/api/v1/"));
  const std::string_view there = path_and_query_of(*url);
  std::optional<std::string> path = below(root, there);
  if (!path) {
    path = below(root_of_api, there);
  }
  if (path) {
    location->second = *std::move(path);
  }
}

}  // namespace kprofefe::collect
