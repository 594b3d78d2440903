// SPDX-License-Identifier: MIT
#include "http/redirect.hpp"

#include "base/text.hpp"
#include "http/url.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace kprofefe::http {
namespace {

/// As Go's http.Client.
constexpr std::size_t k_max_redirects = 10;

bool is_redirect(const Response& response) {
  constexpr std::array k_redirects = {301, 302, 303, 307, 308};
  return std::ranges::find(k_redirects, response.status) != k_redirects.end();
}

bool is_same_server(const Url& a, const Url& b) {
  return a.scheme == b.scheme && a.port == b.port &&
         equals_ignoring_case(a.host, b.host);
}

std::string query_of(std::string_view url) {
  const auto begin = url.find('?');
  return begin == std::string_view::npos ? "" : std::string(url.substr(begin));
}

}  // namespace

std::optional<std::string> redirect_target(const std::string& url,
                                           const Response& response) {
  const auto location = find_header(response.headers, "Location");
  if (!location || !is_redirect(response)) {
    return std::nullopt;
  }
  Result<std::string> target =
      resolve(url, location->substr(0, location->find('#')));
  if (!target) {
    return std::string(*location);
  }
  return target->contains('?') ? *target : *target + query_of(url);
}

std::optional<std::string> redirect_within(const std::string& url,
                                           const Response& response) {
  std::optional<std::string> target = redirect_target(url, response);
  if (!target) {
    return std::nullopt;
  }
  const Result<Url> there = parse_url(*target);
  const Result<Url> here = parse_url(url);
  return here && there && is_same_server(*here, *there) ? target : std::nullopt;
}

Result<std::optional<std::string>> RedirectChain::next(
    const Response& response) {
  if (!is_redirect(response)) {
    return std::nullopt;
  }
  const std::string& here = urls_.back();
  std::optional<std::string> target = redirect_target(here, response);
  if (!target) {
    return fail(ErrorKind::http_status,
                fmt::format("redirects ({}) without a Location header",
                            response.status));
  }
  const std::string place = one_line(*target);
  if (!parse_url(*target)) {
    return fail(
        ErrorKind::http_status,
        fmt::format("redirects to {}, which is not a valid URL", place));
  }
  if (!redirect_within(here, response)) {
    return fail(ErrorKind::http_status,
                fmt::format("redirects to {}, a different server; not followed",
                            place));
  }
  if (std::ranges::find(urls_, *target) != urls_.end()) {
    return fail(ErrorKind::http_status,
                fmt::format("redirects in a loop, back to {}", place));
  }
  if (urls_.size() > k_max_redirects) {
    return fail(ErrorKind::http_status,
                fmt::format("redirects more than {} times, last to {}",
                            k_max_redirects, place));
  }
  urls_.push_back(*target);
  return target;
}

}  // namespace kprofefe::http
