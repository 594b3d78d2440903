// SPDX-License-Identifier: MIT
#include "collect/fetch.hpp"

#include "async/sleep.hpp"
#include "base/duration.hpp"
#include "pprof/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace kprofefe::collect {
namespace {

using Clock = std::chrono::steady_clock;

http::Request limits_of(const Fetch& fetch, bool last,
                        const FetchOptions& options) {
  return {.connect_timeout = options.connect_timeout,
          .timeout = fetch.timeout,
          .max_body_bytes = options.max_body_bytes,
          .inspect = pprof::check_start,
          .last_on_connection = last,
          .budget = options.budget,
          .max_wait_for_budget = options.max_wait_for_budget,
          .min_rate = options.min_rate,
          .stop = options.stop};
}

/// A connection that ends while a profile is sampled has met somebody's limit:
/// of what stands between and cuts what is silent; or, after that, of the
/// program's own server, when it begins to write.
std::string advise_on_cut(const Obstacle& cut, const Fetch& fetch) {
  if (cut.waited >= fetch.sampling) {
    return cut.is_explained
               ? std::string()
               : "; if the program's HTTP server has a WriteTimeout, use a "
                 "smaller --seconds";
  }
  const auto fitting =
      std::chrono::round<std::chrono::seconds>(cut.waited) * 4 / 5;
  if (fitting.count() == 0) {
    return {};
  }
  return fmt::format("; cut {} into a profile of {}: use --seconds {}",
                     format_duration(cut.waited),
                     format_duration(fetch.sampling), fitting.count());
}

/// What to try, where the failure itself does not say it.
Obstacle advise(Obstacle obstacle, const Target& target, const Fetch& fetch) {
  Error& error = obstacle.error;
  const bool cut = error.kind == ErrorKind::network ||
                   (error.kind == ErrorKind::malformed &&
                    error.message.find("before the body") != std::string::npos);
  if (cut && pprof::samples_over_time(fetch.kind)) {
    error.message += advise_on_cut(obstacle, fetch);
  } else if (error.kind == ErrorKind::malformed &&
             error.message.starts_with("the body is larger")) {
    error.message += "; --max-profile-size allows more";
  } else if (error.kind == ErrorKind::untrusted &&
             target.scheme == Scheme::https) {
    error.message +=
        "; name the pods' authority with --target-ca and the name in their "
        "certificate with --target-server-name, or use --target-insecure";
  }
  return obstacle;
}

Error still_busy(const ProfilerBusy& busy, int tries,
                 const FetchOptions& options) {
  return {
      ErrorKind::busy,
      fmt::format("busy: somebody else uses the pod's profiler ({}); asked "
                  "{} times within {}",
                  busy.reason, tries, format_duration(options.busy_patience))};
}

Fetched settle(Verdict verdict, http::Response response) {
  if (auto* nothing = std::get_if<NothingThere>(&verdict)) {
    return std::move(*nothing);
  }
  if (auto* error = std::get_if<Error>(&verdict)) {
    return Obstacle{.error = std::move(*error)};
  }
  return FetchedBody{.body = std::move(response.body),
                     .waited = response.waited};
}

}  // namespace

async::Task<Fetched> fetch_profile(Connection* connection, const Target* target,
                                   Fetch fetch, bool last,
                                   const FetchOptions* options) {
  const Clock::time_point begin = Clock::now();
  auto delay = options->busy_first_delay;
  for (int tries = 1;; ++tries) {
    Answer answer = co_await connection->get(
        target->path + "/" + fetch.endpoint, limits_of(fetch, last, *options));
    if (!answer) {
      co_return advise(std::move(answer).error(), *target, fetch);
    }
    Verdict verdict = judge(fetch.kind, *answer);
    const auto* busy = std::get_if<ProfilerBusy>(&verdict);
    if (busy == nullptr) {
      co_return settle(std::move(verdict), *std::move(answer));
    }
    if (Clock::now() - begin + delay > options->busy_patience) {
      co_return Obstacle{.error = still_busy(*busy, tries, *options)};
    }
    const bool waited = co_await async::sleep_for(delay, options->stop);
    if (!waited) {
      co_return Obstacle{.error = {ErrorKind::cancelled, "interrupted"}};
    }
    constexpr std::chrono::milliseconds k_max_delay{5000};
    delay = std::min(delay * 2, k_max_delay);
  }
}

}  // namespace kprofefe::collect
