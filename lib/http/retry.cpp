// SPDX-License-Identifier: MIT
#include "http/retry.hpp"

#include "async/sleep.hpp"
#include "base/duration.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "http/url.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace kprofefe::http {

bool is_retryable(const Response& response) {
  const int status = response.status;
  return status == 408 || status == 429 || (status >= 500 && status <= 599);
}

bool is_retryable(const Error& error) {
  return error.kind == ErrorKind::unreachable ||
         error.kind == ErrorKind::network || error.kind == ErrorKind::timeout;
}

bool is_retryable(const Result<Response>& outcome) {
  return outcome ? is_retryable(*outcome) : is_retryable(outcome.error());
}

std::optional<std::chrono::milliseconds> retry_after(const Response& response) {
  const auto header = find_header(response.headers, "Retry-After");
  if (!header) {
    return std::nullopt;
  }
  const auto seconds = parse_number<int>(trim(*header));
  if (!seconds || *seconds < 0) {
    return std::nullopt;
  }
  return std::chrono::seconds(*seconds);
}

std::chrono::milliseconds retry_delay(const RetryPolicy& policy, int attempt,
                                      const Response* response) {
  if (response != nullptr) {
    if (const auto asked = retry_after(*response)) {
      return std::min(*asked, policy.max_delay);
    }
  }
  constexpr int k_enough_doublings = 20;
  const int doublings = std::clamp(attempt - 1, 0, k_enough_doublings);
  return std::min(policy.first_delay * (1 << doublings), policy.max_delay);
}

async::Task<Result<Response>> send_with_retry(Client* client, Request request,
                                              RetryPolicy policy) {
  for (int attempt = 1;; ++attempt) {
    Result<Response> outcome = co_await client->send(request);
    // Who refuses a connection does so again in a second.
    const bool is_refused =
        !outcome && outcome.error().kind == ErrorKind::unreachable;
    if (attempt >= policy.attempts || !is_retryable(outcome) || is_refused) {
      co_return outcome;
    }
    const auto delay =
        retry_delay(policy, attempt, outcome ? &*outcome : nullptr);
    log_retry(*client, request, outcome, delay);
    const bool waited = co_await async::sleep_for(delay, request.limits.stop);
    if (!waited) {
      co_return fail(ErrorKind::cancelled, "interrupted");
    }
  }
}

void log_retry(const Client& client, const Request& request,
               const Result<Response>& outcome,
               std::chrono::milliseconds delay) {
  log_retry(client, request,
            outcome ? fmt::format("status {}", outcome->status)
                    : outcome.error().message,
            delay);
}

void log_retry(const Client& client, const Request& request,
               std::string_view why, std::chrono::milliseconds delay) {
  if (client.log().wants(DebugLog::k_decisions)) {
    client.log().print(fmt::format("{} {}: {}; retrying in {}", request.method,
                                   one_line(loggable_url(request.url)), why,
                                   format_duration(delay)));
  }
}

}  // namespace kprofefe::http
