// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"

#include <chrono>
#include <stop_token>

namespace kprofefe::async {

/// Ends after `duration`, or at once when `stop` is requested. True when the
/// whole time has passed.
Task<bool> sleep_for(std::chrono::milliseconds duration, std::stop_token stop);

}  // namespace kprofefe::async
