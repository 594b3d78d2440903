// SPDX-License-Identifier: MIT
#pragma once

#include "http/message.hpp"
#include "pprof/kind.hpp"

#include <string_view>

namespace kprofefe::collect {

/// Whether a refusal means that the pod's profiler is in use and will be
/// free later, judging by its status and its message (as error_text() has
/// it). A status alone decides only for profiles sampled over time: two
/// heap profiles do not block each other.
bool is_busy(pprof::ProfileKind kind, const http::Response& response,
             std::string_view words);

}  // namespace kprofefe::collect
