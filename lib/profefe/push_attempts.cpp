// SPDX-License-Identifier: MIT
#include "profefe/push_attempts.hpp"

#include "async/sleep.hpp"
#include "base/duration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace kprofefe::profefe {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// How often a connection may break while one profile is pushed: it may be the
/// profile that ends the server.
constexpr int k_max_breaks = 3;

/// The last try before the patience is spent has so long at least.
constexpr milliseconds k_shortest_try{1000};

/// Whether the server is not there at all, or has no time: true of every push,
/// and over when it is back.
bool is_away(const Result<http::Response>& outcome) {
  if (!outcome) {
    return http::is_retryable(outcome.error());
  }
  const int status = outcome->status;
  return status == 408 || status == 429 || (status >= 502 && status <= 504);
}

bool is_broken(const Result<http::Response>& outcome) {
  return !outcome && outcome.error().kind == ErrorKind::network;
}

milliseconds in_ms(Outage::Duration duration) {
  return std::chrono::duration_cast<milliseconds>(duration);
}

}  // namespace

/// What has become of one push so far.
struct PushAttempts::Attempts {
  Clock::time_point first_failed = Clock::time_point::max();
  int failed = 0;
  int broken = 0;
};

/// A push whose connection has broken is sent again alone among its like, so
/// that it takes few others with it if it is to blame.
async::Task<Result<http::Response>> PushAttempts::try_once(
    http::Request request, const Attempts* attempts) {
  async::Mutex::Lock lock;
  if (attempts->broken > 0) {
    lock = co_await broken_ones_.lock();
    request.fresh_connection = true;
  }
  const Clock::time_point start = Clock::now();
  request.limits.timeout =
      std::min(request.limits.timeout,
               std::max(in_ms(outage_.left(start)), k_shortest_try));
  Result<http::Response> outcome = co_await client_->send(std::move(request));
  if (is_away(outcome)) {
    outage_.note_failure(start);
  } else {
    outage_.end(Clock::now());
  }
  co_return outcome;
}

bool PushAttempts::gives_up(const Result<http::Response>& outcome,
                            const Attempts& attempts) {
  if (!http::is_retryable(outcome) || attempts.broken >= k_max_breaks) {
    return true;
  }
  const bool server_is_there =
      !is_away(outcome) || outage_.has_answered_since(attempts.first_failed);
  return server_is_there && attempts.failed >= retry_.attempts;
}

Error PushAttempts::spent(const Error& last) const {
  if (all_.count() == 0) {
    return last;
  }
  return {last.kind, fmt::format("{}; gave up after {} (--delivery-patience)",
                                 last.message, format_duration(all_))};
}

async::Task<Result<http::Response>> PushAttempts::send(http::Request request) {
  Attempts attempts;
  for (;;) {
    if (outage_.is_given_up(Clock::now())) {
      const bool may_ask =
          attempts.failed == 0 && outage_.may_probe(Clock::now());
      if (!may_ask) {
        co_return std::unexpected(spent(last_error_));
      }
    }
    Result<http::Response> outcome = co_await try_once(request, &attempts);
    ++attempts.failed;
    attempts.broken += is_broken(outcome) ? 1 : 0;
    attempts.first_failed = std::min(attempts.first_failed, Clock::now());
    if (gives_up(outcome, attempts)) {
      co_return outcome;
    }
    last_error_ =
        outcome ? Error{ErrorKind::http_status,
                        fmt::format("returned status {}", outcome->status)}
                : outcome.error();
    if (outage_.is_given_up(Clock::now())) {
      co_return outcome ? std::move(outcome)
                        : std::unexpected(spent(outcome.error()));
    }
    milliseconds delay = http::retry_delay(retry_, attempts.failed,
                                           outcome ? &*outcome : nullptr);
    if (is_away(outcome)) {
      delay = std::min(delay, in_ms(outage_.left(Clock::now())));
    }
    http::log_retry(*client_, request, outcome, delay);
    const bool waited = co_await async::sleep_for(delay, request.limits.stop);
    if (!waited) {
      co_return fail(ErrorKind::cancelled, "interrupted");
    }
  }
}

}  // namespace kprofefe::profefe
