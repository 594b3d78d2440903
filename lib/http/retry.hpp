// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "base/result.hpp"
#include "http/client.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string_view>

namespace kprofefe::http {

/// How often and how patiently to try again.
struct RetryPolicy {
  int attempts = 5;  ///< in all, the first included
  std::chrono::milliseconds first_delay{500};
  std::chrono::milliseconds max_delay{10000};
};

/// True for what can pass by waiting: no connection, a timeout, 408, 429 and
/// 5xx. Never for other 4xx, cancelled or malformed.
bool is_retryable(const Response& response);
bool is_retryable(const Error& error);
bool is_retryable(const Result<Response>& outcome);

/// What the server asked for by Retry-After in seconds; nothing when absent,
/// a date, or negative.
std::optional<std::chrono::milliseconds> retry_after(const Response& response);

/// How long to wait before try number `attempt` + 1 (the first try is 1):
/// Retry-After when given, else doubling from first_delay; never more than
/// max_delay. `response` is null when there was none.
std::chrono::milliseconds retry_delay(const RetryPolicy& policy, int attempt,
                                      const Response* response);

/// Sends `request` until it succeeds, fails for good, cannot be connected or
/// the tries are used up; the last outcome. A stop request ends the waiting too
/// (cancelled).
async::Task<Result<Response>> send_with_retry(Client* client, Request request,
                                              RetryPolicy policy);

// What is decided, for the client's log.
void log_retry(const Client& client, const Request& request,
               const Result<Response>& outcome,
               std::chrono::milliseconds delay);
void log_retry(const Client& client, const Request& request,
               std::string_view why, std::chrono::milliseconds delay);

}  // namespace kprofefe::http
