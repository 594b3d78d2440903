// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
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

}  // namespace kprofefe::collect
