// SPDX-License-Identifier: MIT
#include "collect/fetch.hpp"

#include "async/sleep.hpp"
#include "base/duration.hpp"
#include "collect/fetch_advice.hpp"
#include "collect/pod_redirect.hpp"
#include "collect/time_limit.hpp"
#include "pprof/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>

namespace kprofefe::collect {
namespace {

std::function<Result<void>(std::string_view)> inspector_of(Form form) {
  if (form == Form::profile) {
    return pprof::check_start;
  }
  return [form](std::string_view first_bytes) {
    return check_text_start(form, first_bytes);
  };
}

http::Limits limits_of(const Fetch& fetch, bool last,
                       const FetchOptions& options) {
  return {.connect_timeout = options.connect_timeout,
          .timeout = fetch.timeout,
          .max_body_bytes = options.max_body_bytes,
          .inspect = inspector_of(fetch.form),
          .budget = options.budget,
          .max_wait_for_budget = options.max_wait_for_budget,
          .min_rate = options.min_rate,
          .stop = options.stop,
          .last_on_connection = last};
}

/// What to try, where the failure itself does not say it.
RouteError advise(RouteError failure, const Target& target,
                  const Fetch& fetch) {
  Error& error = failure.error;
  const bool cut =
      error.kind == ErrorKind::network || error.detail == ErrorDetail::body_cut;
  std::string advice = cut ? advise_on_cut(failure, fetch) : std::string();
  if (advice.empty()) {
    advice = advise_annotation(target, error);
  }
  if (error.detail == ErrorDetail::body_too_large) {
    advice = "; raise --max-profile-size";
  } else if (error.kind == ErrorKind::untrusted &&
             target.scheme == Scheme::https) {
    advice =
        "; set the pods' CA with --target-ca and the name in their "
        "certificate with --target-server-name, or use --target-insecure";
  }
  error.message += advice;
  return failure;
}

Error still_busy(const ProfilerBusy& busy, int tries,
                 const FetchOptions& options) {
  const std::string wants =
      busy.wait && *busy.wait > options.busy_patience
          ? fmt::format(", asks to wait {}", format_duration(*busy.wait))
          : std::string();
  return {
      ErrorKind::busy,
      fmt::format("busy: another client is using the pod's profiler ({}){}; "
                  "tried {} times in {}",
                  busy.reason, wants, tries,
                  format_duration(options.busy_patience))};
}

/// The pod's answer, after the redirects within it. All of them together have
/// the time of one request.
async::Task<Answer> get(Connection* connection, const Target* target,
                        std::string path_and_query, http::Limits limits) {
  const TimeLimit limit(limits.timeout);
  std::optional<PodRedirects> redirects;
  for (;;) {
    Answer answer = co_await connection->get(path_and_query, limits);
    if (!answer || answer->ok()) {
      co_return answer;
    }
    if (!redirects) {
      redirects.emplace(*target, path_and_query);
    }
    Result<std::optional<std::string>> next = redirects->next(*answer);
    if (!next) {
      co_return std::unexpected(RouteError{std::move(next).error()});
    }
    if (!*next) {
      co_return answer;
    }
    path_and_query = **std::move(next);
    limits.timeout = std::max(limit.left(), std::chrono::milliseconds(1));
  }
}

/// One more try for a profile: what there is of it, or that it is busy.
async::Task<std::variant<Fetched, ProfilerBusy>> try_once(
    Connection* connection, const Target* target, Fetch fetch,
    http::Limits limits, pprof::BodyChecker* checker) {
  Answer answer = co_await get(connection, target,
                               target->path + "/" + fetch.endpoint, limits);
  if (!answer) {
    co_return Fetched(advise(std::move(answer).error(), *target, fetch));
  }
  Verdict verdict = fetch.form == Form::profile
                        ? judge(fetch.kind, *answer, *checker)
                        : judge_text(fetch.form, *answer);
  if (auto* busy = std::get_if<ProfilerBusy>(&verdict)) {
    co_return std::move(*busy);
  }
  if (auto* nothing = std::get_if<NothingThere>(&verdict)) {
    co_return Fetched(std::move(*nothing));
  }
  if (auto* error = std::get_if<Error>(&verdict)) {
    RouteError failure{.error = std::move(*error)};
    co_return Fetched(advise(std::move(failure), *target, fetch));
  }
  co_return Fetched(
      FetchedBody{.body = std::move(answer->body), .waited = answer->waited});
}

}  // namespace

async::Task<Fetched> fetch_profile(Connection* connection, const Target* target,
                                   Fetch fetch, bool last,
                                   const FetchOptions* options) {
  const TimeLimit patience(options->busy_patience);
  auto delay = options->busy_first_delay;
  for (int tries = 1;; ++tries) {
    std::variant<Fetched, ProfilerBusy> outcome =
        co_await try_once(connection, target, fetch,
                          limits_of(fetch, last, *options), options->checker);
    if (auto* fetched = std::get_if<Fetched>(&outcome)) {
      co_return std::move(*fetched);
    }
    const auto& busy = std::get<ProfilerBusy>(outcome);
    const auto wait =
        busy.wait ? std::max(*busy.wait, options->busy_first_delay) : delay;
    if (wait > patience.left()) {
      co_return RouteError{.error = still_busy(busy, tries, *options)};
    }
    const bool waited = co_await async::sleep_for(wait, options->stop);
    if (!waited) {
      co_return RouteError{.error = {ErrorKind::cancelled, "interrupted"}};
    }
    constexpr std::chrono::milliseconds k_max_delay{5000};
    delay = std::min(delay * 2, k_max_delay);
  }
}

}  // namespace kprofefe::collect
