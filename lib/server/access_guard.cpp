// SPDX-License-Identifier: MIT
#include "server/access_guard.hpp"

#include "base/text.hpp"
#include "server/access/cookie.hpp"
#include "server/secret.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace kprofefe::server {
namespace {

constexpr std::string_view k_start_path = "/start";

std::string_view header(const Request& request, std::string_view name) {
  return http::find_header(request.headers, name).value_or("");
}

bool is_safe(std::string_view method) {
  return method == "GET" || method == "HEAD";
}

/// A cookie knows no port: with one name for all, a second server on the host
/// would end the session of the first.
std::string cookie_name(std::string_view authority) {
  return fmt::format("profefe-{}", authority.substr(authority.rfind(':') + 1));
}

/// Also of other ports of this host, which to a cookie are the same site.
bool is_foreign(const Request& request) {
  const std::string_view site = header(request, "Sec-Fetch-Site");
  return site == "cross-site" || site == "same-site";
}

/// Browsers send Origin with all that changes something; programs that
/// send neither header have to know the cookie.
std::optional<Response> check_origin(const Request& request) {
  const std::string_view origin = header(request, "Origin");
  const bool has_origin = !origin.empty() || !is_safe(request.method);
  const bool is_same =
      origin == fmt::format("http://{}", header(request, "Host"));
  if (is_foreign(request) || (has_origin && !is_same)) {
    return text_response(403,
                         "no access from another site: enter the address in "
                         "the address bar");
  }
  return std::nullopt;
}

async::Task<Response> guarded(AccessGuard* guard, Handler inner,
                              Request request) {
  std::optional<Response> answer = guard->check(request);
  if (answer) {
    co_return std::move(*answer);
  }
  Response response = co_await inner(std::move(request));
  co_return response;
}

}  // namespace

AccessGuard::AccessGuard(std::vector<std::string> authorities,
                         std::string landing)
    : authorities_(std::move(authorities)),
      landing_(std::move(landing)),
      cookie_name_(cookie_name(authorities_.front())) {}

Result<AccessGuard> AccessGuard::create(std::vector<std::string> authorities,
                                        std::string landing) {
  AccessGuard guard(std::move(authorities), std::move(landing));
  TRY_ASSIGN(guard.token_, new_secret());
  TRY_ASSIGN(guard.browser_token_, new_secret());
  TRY_ASSIGN(guard.cookie_, new_secret());
  return guard;
}

std::string AccessGuard::url_with(std::string_view token) const {
  return fmt::format("http://{}{}?token={}", authorities_.front(), k_start_path,
                     token);
}

std::string AccessGuard::start_url() const {
  return url_with(token_);
}

std::string AccessGuard::browser_url() const {
  return url_with(browser_token_);
}

std::optional<Response> AccessGuard::check(const Request& request) {
  // A name that somebody else lets resolve to our address (DNS rebinding).
  const std::string_view host = header(request, "Host");
  if (std::ranges::none_of(authorities_, [host](const std::string& authority) {
        return equals_ignoring_case(authority, host);
      })) {
    return text_response(
        421, fmt::format("this server is {}", authorities_.front()));
  }
  if (request.path == k_start_path) {
    return start(request);
  }
  std::optional<Response> foreign = check_origin(request);
  if (foreign) {
    return foreign;
  }
  if (std::ranges::none_of(cookie_values(request.headers, cookie_name_),
                           [this](std::string_view given) {
                             return is_secret(given, cookie_);
                           })) {
    return text_response(403,
                         "no access: open the address that the program "
                         "printed when it started");
  }
  return std::nullopt;
}

/// A link from another site may lead here: without the token it is worthless.
Response AccessGuard::start(const Request& request) {
  if (!is_safe(request.method)) {
    Response response = text_response(405, "use GET");
    response.headers = {{"Allow", "GET, HEAD"}};
    return response;
  }
  if (!takes(find_parameter(request, "token").value_or(""))) {
    return text_response(403,
                         "no access: open the address that the program "
                         "printed when it started");
  }
  // A redirect that a link of another site began stays foreign, and goes
  // without the cookie; what a page of ours leads to does not.
  Response response = text_response(200, "opening the page");
  response.headers = {{"Refresh", fmt::format("0; url={}", landing_)}};
  if (!is_foreign(request)) {
    response = {.status = 303, .headers = {{"Location", landing_}}};
  }
  response.headers.emplace_back(
      "Set-Cookie", fmt::format("{}={}; HttpOnly; SameSite=Strict; Path=/",
                                cookie_name_, cookie_));
  return response;
}

bool AccessGuard::takes(std::string_view token) {
  const bool is_browsers =
      !browser_token_.empty() && is_secret(token, browser_token_);
  if (is_browsers) {
    browser_token_.clear();
  }
  return is_browsers || is_secret(token, token_);
}

Handler AccessGuard::guard(Handler inner) {
  return [this, inner = std::move(inner)](Request request) {
    return guarded(this, inner, std::move(request));
  };
}

}  // namespace kprofefe::server
