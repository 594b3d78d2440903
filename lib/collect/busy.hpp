// SPDX-License-Identifier: MIT
#pragma once

#include "http/message.hpp"
#include "pprof/kind.hpp"

#include <string_view>

namespace kprofefe::collect {

/// Whether a refusal means that the pod's profiler serves somebody else and is
/// free later, by the sense of its status and of its words (as error_text() has
/// them). A status says so without words only of what samples over time: two
/// heap profiles do not get in each other's way.
bool is_busy(pprof::ProfileKind kind, const http::Response& response,
             std::string_view words);

}  // namespace kprofefe::collect
