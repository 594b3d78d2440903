// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "collect/plan.hpp"
#include "collect/report.hpp"
#include "http/message.hpp"
#include "pprof/check.hpp"
#include "pprof/kind.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace kprofefe::collect {

/// The answer is a profile, fit to be stored as it came.
struct GoodProfile {};

/// There is no such profile, and that is no failure.
struct NothingThere {
  Absence absence = Absence::no_samples;
  std::string reason;
};

/// Another client uses the pod's profiler: retry later.
struct ProfilerBusy {
  std::string reason;
  /// The pod's Retry-After; nothing: not given.
  std::optional<std::chrono::milliseconds> wait;
};

using Verdict = std::variant<GoodProfile, NothingThere, ProfilerBusy, Error>;

/// What a pod's answer to the request for a profile of `kind` means, by its
/// status and by the message in an error's body, whatever program sent it. A
/// body is good only when `checker` has proven it to its last byte; of a trace
/// whose format does not mark its end the transport must have proven that it is
/// complete.
Verdict judge(pprof::ProfileKind kind, const http::Response& response,
              pprof::BodyChecker& checker);

/// The same of an answer that is text: a dump must begin as one, an index name
/// a profile. What a dump lacks at its end its reader finds.
Verdict judge_text(Form form, const http::Response& response);

/// Whether a text of which only the first 2 KiB have come may become what is
/// wanted; see http::Limits::inspect. Errors: malformed, as of judge_text().
Result<void> check_text_start(Form form, std::string_view first_bytes);

}  // namespace kprofefe::collect
