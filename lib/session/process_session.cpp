// SPDX-License-Identifier: MIT
#include "session/process_session.hpp"

#include "base/version.hpp"

#include <chrono>
#include <string>

namespace kprofefe {
namespace {

/// Kubernetes kills what is still there half a minute after SIGTERM.
constexpr std::chrono::seconds k_delivery_time{20};

std::string user_agent() {
  return "kubectl-profefe/" + std::string(k_version);
}

}  // namespace

ProcessSession::ProcessSession(const Env& env, Messages& messages,
                               int verbosity)
    : delivery_stop_(loop_, interrupt_.token(), k_delivery_time),
      http_(loop_, user_agent(), env,
            {.level = verbosity,
             .print =
                 [&messages](std::string_view text) { messages.debug(text); }}),
      session_{.env = &env,
               .http = &http_,
               .messages = &messages,
               .stop = interrupt_.token(),
               .delivery_stop = delivery_stop_.token()} {}

}  // namespace kprofefe
