// SPDX-License-Identifier: MIT
#include "collect/verdict.hpp"

#include "base/free_text.hpp"
#include "base/text.hpp"
#include "collect/busy.hpp"
#include "goroutines/parser.hpp"
#include "http/error_text.hpp"
#include "http/retry.hpp"
#include "pprof/check.hpp"
#include "pprof/foreign.hpp"
#include "pprof/index.hpp"
#include "pprof/trace_batches.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace kprofefe::collect {
namespace {

using namespace std::string_view_literals;

/// `500: out of memory`: the status and what came with it.
std::string status_and_words(int status, std::string_view words) {
  return fmt::format("the pod returned status {}{}{}", status,
                     words.empty() ? "" : ": ", words);
}

/// Whether somebody gave up waiting for the answer: the program itself (Go's
/// WriteTimeout and TimeoutHandler) or a proxy before it, but not before the
/// program was reached.
bool gave_up_waiting(int status, std::string_view words) {
  constexpr std::array k_limits = {"timeout"sv, "timed out"sv, "time-out"sv,
                                   "deadline exceeded"sv};
  constexpr std::array k_connecting = {"connection timeout"sv,
                                       "connect timeout"sv, "connect error"sv,
                                       "dial tcp"sv};
  constexpr int k_bad_request = 400;
  constexpr int k_request_timeout = 408;
  constexpr int k_gateway_timeout = 504;
  constexpr int k_timeout_of_cloudflare = 524;
  if (has_phrase(words, k_connecting)) {
    return false;
  }
  switch (status) {
    case k_request_timeout:
    case k_gateway_timeout:
    case k_timeout_of_cloudflare:
      return true;
    case k_bad_request:
      return words.contains("WriteTimeout");
    default:
      return status >= 500 && has_phrase(words, k_limits);
  }
}

Verdict judge_status(pprof::ProfileKind kind, const http::Response& response) {
  const int status = response.status;
  if (status == 404) {
    return NothingThere{Absence::not_offered, "not offered (404)"};
  }
  const std::string words = http::error_text(response.body.bytes);
  std::string message = status_and_words(status, words);
  if (is_busy(kind, response, words)) {
    return ProfilerBusy{.reason = words.empty() ? message : words,
                        .wait = http::retry_after(response)};
  }
  if (pprof::samples_over_time(kind) && gave_up_waiting(status, words)) {
    return Error{ErrorKind::http_status,
                 std::move(message) + "; use a smaller --seconds"};
  }
  if (status == 401 || status == 403) {
    return Error{ErrorKind::denied,
                 std::move(message) +
                     "; send credentials with --target-token-file or "
                     "--target-header"};
  }
  return Error{ErrorKind::http_status, std::move(message)};
}

/// What is no profile, with what to ask for where there is one (TiKV).
Error explain_content(const http::Response& response, Error error) {
  const bool is_svg = response.content_type() == "image/svg+xml" ||
                      error.detail == ErrorDetail::not_acceptable;
  if (is_svg) {
    error.message +=
        "; request the profile with --target-header 'Content-Type: "
        "application/protobuf'";
  }
  return error;
}

/// What may be behind it: Go records contention only when it is told to.
std::string why_empty(pprof::ProfileKind kind) {
  switch (kind) {
    case pprof::ProfileKind::cpu:
      return "no samples: the program was idle";
    case pprof::ProfileKind::block:
      return "no samples: runtime.SetBlockProfileRate is not set, or nothing "
             "blocked";
    case pprof::ProfileKind::mutex:
      return "no samples: runtime.SetMutexProfileFraction is not set, or there "
             "was no contention";
    default:
      return "no samples";
  }
}

Verdict judge_content(pprof::ProfileKind kind, pprof::Content content) {
  const bool wants_trace = kind == pprof::ProfileKind::trace;
  if (content == pprof::Content::empty) {
    return NothingThere{Absence::no_samples, why_empty(kind)};
  }
  if ((content == pprof::Content::trace) != wants_trace) {
    return Error{ErrorKind::malformed,
                 wants_trace ? "not a runtime trace but a profile"
                             : "not a profile but a runtime trace"};
  }
  return GoodProfile{};
}

/// Names the flag, where it was a limit that the body exceeds.
Error name_flag(Error error, pprof::Excess excess) {
  if (excess == pprof::Excess::inflated) {
    error.message += "; raise --max-inflated-size";
  } else if (excess == pprof::Excess::parsed) {
    error.message += "; raise --max-parsed-size";
  }
  return error;
}

/// `not a goroutine dump but an HTML page: 502 Bad Gateway`.
Error not_wanted(Form form, std::string_view body) {
  const bool is_dump = form == Form::goroutine_dump;
  std::string message =
      is_dump ? "not a goroutine dump" : "not an index of profiles";
  const std::string what =
      pprof::foreign_format(body.substr(0, pprof::k_start_bytes));
  if (!what.empty()) {
    message += " but " + what;
  }
  if (is_dump && what == "gzip") {
    message += ": the program ignores ?debug=2";
  }
  return {ErrorKind::malformed, std::move(message)};
}

bool is_wanted(Form form, std::string_view body) {
  return form == Form::goroutine_dump ? goroutines::begins_dump(body)
                                      : !pprof::read_index(body).empty();
}

/// Whether neither the transport nor the trace itself says that it is whole.
bool may_be_cut(const http::Response& response) {
  return !response.proven_complete &&
         pprof::walk_trace(response.body.bytes) == pprof::TraceEnd::unknown;
}

}  // namespace

Verdict judge(pprof::ProfileKind kind, const http::Response& response,
              pprof::BodyChecker& checker) {
  if (!response.ok()) {
    return judge_status(kind, response);
  }
  const Result<pprof::Content> content = checker.check(response.body.bytes);
  if (!content) {
    return explain_content(response,
                           name_flag(content.error(), checker.excess()));
  }
  if (*content == pprof::Content::trace && may_be_cut(response)) {
    return Error{ErrorKind::malformed,
                 "the trace may be truncated: the connection was closed before "
                 "its end was confirmed"};
  }
  return judge_content(kind, *content);
}

Verdict judge_text(Form form, const http::Response& response) {
  if (!response.ok()) {
    return judge_status(pprof::ProfileKind::goroutine, response);
  }
  const std::string_view body = response.body.bytes;
  if (is_wanted(form, body)) {
    return GoodProfile{};
  }
  return not_wanted(form, body);
}

Result<void> check_text_start(Form form, std::string_view first_bytes) {
  if (form == Form::goroutine_dump && !goroutines::begins_dump(first_bytes)) {
    return std::unexpected(not_wanted(form, first_bytes));
  }
  return {};
}

}  // namespace kprofefe::collect
