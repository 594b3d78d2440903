// SPDX-License-Identifier: MIT
#include "source/url.hpp"

#include "http/error_text.hpp"
#include "http/redirect.hpp"
#include "http/url.hpp"
#include "http/wrong_protocol.hpp"

#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <string_view>
#include <utility>

namespace kprofefe::source {
namespace {

/// Long enough for an endpoint that samples for a minute or two first.
constexpr std::chrono::seconds k_url_timeout{150};

/// Where a GET of `request` leads within its server. Errors also: http_status,
/// for a redirect that is not followed.
async::Task<Result<http::Response>> get(http::Client* client,
                                        http::Request request) {
  http::RedirectChain chain(request.url);
  for (;;) {
    Result<http::Response> response = co_await client->send(request);
    if (!response) {
      co_return response;
    }
    CO_TRY_ASSIGN(std::optional<std::string> next, chain.next(*response));
    if (!next) {
      co_return response;
    }
    request.url = *std::move(next);
  }
}

/// The bytes of a success, or what was answered instead.
Result<std::string> read_answer(const std::string& url, std::string_view scheme,
                                Result<http::Response> outcome) {
  if (!outcome) {
    Error error = std::move(outcome).error();
    error.message += http::advise_scheme(http::spoken_by(error), scheme);
    return std::unexpected(error.with_context(url));
  }
  if (outcome->ok()) {
    return std::string(outcome->body.bytes.view());
  }
  constexpr int k_not_found = 404;
  const std::string reason = http::error_text(outcome->body.bytes);
  return fail(
      outcome->status == k_not_found ? ErrorKind::not_found
                                     : ErrorKind::http_status,
      fmt::format("{} returned {}{}{}{}", url, outcome->status,
                  reason.empty() ? "" : ": ", reason,
                  http::advise_scheme(http::spoken_by(reason), scheme)));
}

}  // namespace

async::Task<Result<std::string>> fetch_url(const Session* session,
                                           std::string url) {
  CO_TRY_ASSIGN(const http::Url parsed, http::parse_url(url));
  http::Request request{
      .url = url,
      .limits = {.timeout = k_url_timeout, .stop = session->stop},
      .proxy = std::nullopt};
  Result<http::Response> outcome =
      co_await get(session->http, std::move(request));
  co_return read_answer(url, parsed.scheme, std::move(outcome));
}

async::Task<Result<void>> load_url(const Session* session, std::string url,
                                   Loader* loader) {
  CO_TRY_ASSIGN(const std::string bytes, co_await fetch_url(session, url));
  co_return loader->add(bytes, {Kind::url, url});
}

}  // namespace kprofefe::source
