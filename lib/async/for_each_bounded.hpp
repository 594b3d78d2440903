// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"

#include <cstddef>
#include <functional>

namespace kprofefe::async {

/// Runs `job(0)` ... `job(count - 1)`, started in that order, at most `limit`
/// (at least 1) at a time; ends when all have ended. Jobs that have not
/// started hold no memory. A job reports through what it was given: it must
/// not throw, and `job` must live until the end.
Task<void> for_each_bounded(std::size_t count, std::size_t limit,
                            std::function<Task<void>(std::size_t)> job);

}  // namespace kprofefe::async
