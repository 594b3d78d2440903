// SPDX-License-Identifier: MIT
#include "collect/fetch.hpp"

#include "async/sleep.hpp"
#include "base/duration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace kprofefe::collect {
namespace {

using Clock = std::chrono::steady_clock;

http::Request make_request(const Route& route, const Target& target,
                           const Fetch& fetch, const FetchOptions& options) {
  http::Request request =
      route.request(target, target.path + "/" + fetch.endpoint);
  request.connect_timeout = options.connect_timeout;
  request.timeout = fetch.timeout;
  request.max_body_bytes = options.max_body_bytes;
  request.budget = options.budget;
  request.stop = options.stop;
  return request;
}

/// A failed transfer in words that help: where to, and what to try.
Error explain(Error error, const Target& target, const Fetch& fetch) {
  if (error.kind == ErrorKind::unreachable) {
    return error.with_context(fmt::format("connect to port {}", target.port));
  }
  const bool cut = error.kind == ErrorKind::network ||
                   (error.kind == ErrorKind::malformed &&
                    error.message.find("before the body") != std::string::npos);
  if (cut && pprof::samples_over_time(fetch.kind)) {
    error.message +=
        "; if the program's HTTP server has a WriteTimeout, use a smaller "
        "--seconds";
  }
  return error;
}

Fetched settle(Verdict verdict, http::Response response) {
  if (auto* nothing = std::get_if<NothingThere>(&verdict)) {
    return std::move(*nothing);
  }
  if (auto* error = std::get_if<Error>(&verdict)) {
    return std::move(*error);
  }
  return std::move(response.body);
}

}  // namespace

async::Task<Fetched> fetch_profile(const Route* route, const Target* target,
                                   Fetch fetch, bool last,
                                   const FetchOptions* options) {
  const Clock::time_point begin = Clock::now();
  auto delay = options->busy_first_delay;
  for (int tries = 1;; ++tries) {
    http::Request request = make_request(*route, *target, fetch, *options);
    request.last_on_connection = last;
    Result<http::Response> response = co_await route->send(std::move(request));
    if (!response) {
      co_return explain(std::move(response).error(), *target, fetch);
    }
    if (auto refusal = route->refusal(*target, *response)) {
      co_return *std::move(refusal);
    }
    Verdict verdict = judge(fetch.kind, *response);
    const auto* busy = std::get_if<ProfilerBusy>(&verdict);
    if (busy == nullptr) {
      co_return settle(std::move(verdict), *std::move(response));
    }
    if (Clock::now() - begin + delay > options->busy_patience) {
      co_return Error{
          ErrorKind::busy,
          fmt::format("busy: somebody else uses the pod's profiler ({}); asked "
                      "{} times within {}",
                      busy->reason, tries,
                      format_duration(options->busy_patience))};
    }
    const bool waited = co_await async::sleep_for(delay, options->stop);
    if (!waited) {
      co_return Error{ErrorKind::cancelled, "interrupted"};
    }
    constexpr std::chrono::milliseconds k_max_delay{5000};
    delay = std::min(delay * 2, k_max_delay);
  }
}

}  // namespace kprofefe::collect
