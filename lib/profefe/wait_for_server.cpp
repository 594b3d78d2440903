// SPDX-License-Identifier: MIT
#include "profefe/wait_for_server.hpp"

#include "async/sleep.hpp"
#include "base/duration.hpp"
#include "http/retry.hpp"
#include "profefe/client.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace kprofefe::profefe {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// Who does not say which version of profefe it is within this time takes no
/// profiles either.
constexpr milliseconds k_timeout{5000};
constexpr milliseconds k_first_delay{250};

/// Whether somebody is there to talk to. What he answered does not matter yet.
bool has_answered(const Error& error) {
  return !http::is_retryable(error) && error.kind != ErrorKind::untrusted &&
         error.kind != ErrorKind::config;
}

}  // namespace

async::Task<Result<void>> wait_for_server(const Session* session, Server server,
                                          milliseconds patience) {
  Client profefe(
      session->http, std::move(server),
      {.retry = {.attempts = 1}, .timeout = k_timeout, .stop = session->stop});
  const Clock::time_point end = Clock::now() + patience;
  for (milliseconds delay = k_first_delay;;
       delay = std::min(delay * 2, k_timeout)) {
    const Result<ServerVersion> version = co_await profefe.version();
    if (version || has_answered(version.error())) {
      co_return Result<void>{};
    }
    const auto left =
        std::chrono::duration_cast<milliseconds>(end - Clock::now());
    if (!http::is_retryable(version.error()) || left.count() <= 0) {
      co_return std::unexpected(version.error());
    }
    if (delay == k_first_delay) {
      session->messages->note(
          fmt::format("{}; waiting up to {} for it (--delivery-patience)",
                      version.error().message, format_duration(patience)));
    }
    co_await async::sleep_for(std::min(delay, left), session->stop);
    if (session->stop.stop_requested()) {
      co_return Result<void>{};
    }
  }
}

}  // namespace kprofefe::profefe
