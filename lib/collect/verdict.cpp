// SPDX-License-Identifier: MIT
#include "collect/verdict.hpp"

#include "base/text.hpp"
#include "pprof/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace kprofefe::collect {
namespace {

/// A body may be this much when decompressed before we call it a bomb.
constexpr std::uint64_t k_max_inflated_bytes = std::uint64_t{1} << 30;

/// Go's words for a CPU profile and for a trace (net/http/pprof), and what
/// runtimes of other languages say.
constexpr std::array<std::string_view, 4> k_busy_words = {
    "already in use", "already enabled", "already running", "already started"};

/// What Go's net/http says to plain HTTP on a port of TLS.
constexpr std::string_view k_speaks_tls =
    "Client sent an HTTP request to an HTTPS server";

bool sounds_busy(std::string_view text) {
  return std::ranges::any_of(k_busy_words, [&](std::string_view words) {
    return text.find(words) != std::string_view::npos;
  });
}

/// `500: Could not enable CPU profiling`: the status and what came with it.
std::string status_and_text(const http::Response& response) {
  std::string text = one_line(response.body.bytes);
  if (text.empty() || text.starts_with('<')) {
    return fmt::format("the pod answers with status {}", response.status);
  }
  return fmt::format("the pod answers with status {}: {}", response.status,
                     text);
}

Verdict judge_status(pprof::ProfileKind kind, const http::Response& response) {
  const int status = response.status;
  if (status == 404) {
    return NothingThere{std::string(k_not_offered)};
  }
  if (status >= 300 && status < 400) {
    const auto to = http::find_header(response.headers, "Location");
    return Error{ErrorKind::http_status,
                 fmt::format("the pod redirects to {}; redirects of pods are "
                             "not followed",
                             to ? one_line(*to) : "nowhere")};
  }
  const std::string text = one_line(response.body.bytes);
  if (status == 500 && sounds_busy(text)) {
    return ProfilerBusy{text};
  }
  if (status == 400 && text.find("WriteTimeout") != std::string::npos &&
      pprof::samples_over_time(kind)) {
    return Error{ErrorKind::http_status,
                 status_and_text(response) + "; use a smaller --seconds"};
  }
  if (text.find(k_speaks_tls) != std::string::npos) {
    return Error{ErrorKind::http_status,
                 status_and_text(response) +
                     "; it wants the annotation profefe.com/scheme: https"};
  }
  if (status == 401 || status == 403) {
    return Error{ErrorKind::denied,
                 status_and_text(response) +
                     "; show it something with --target-token-file or "
                     "--target-header"};
  }
  return Error{ErrorKind::http_status, status_and_text(response)};
}

Verdict judge_content(pprof::ProfileKind kind, pprof::Content content) {
  const bool wants_trace = kind == pprof::ProfileKind::trace;
  if (content == pprof::Content::empty) {
    return NothingThere{"no samples"};
  }
  if ((content == pprof::Content::trace) != wants_trace) {
    return Error{ErrorKind::malformed,
                 wants_trace ? "not a runtime trace but a profile"
                             : "not a profile but a runtime trace"};
  }
  return GoodProfile{};
}

}  // namespace

Verdict judge(pprof::ProfileKind kind, const http::Response& response) {
  if (!response.ok()) {
    return judge_status(kind, response);
  }
  const std::string_view body = response.body.bytes;
  const Result<pprof::Content> content =
      response.proven_complete ? pprof::check_body(body)
                               : pprof::verify_body(body, k_max_inflated_bytes);
  if (!content) {
    return content.error();
  }
  return judge_content(kind, *content);
}

}  // namespace kprofefe::collect
