// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "async/workers.hpp"
#include "base/result.hpp"
#include "store/store.hpp"

#include <string>
#include <vector>

namespace kprofefe::api {

/// The sum of stored profiles, as a profile; of one its bytes as they came.
/// Memory holds one of them and the sum. What is not there is left out. Errors:
/// not_found, when none of them is; usage, when they cannot be added up;
/// malformed, when one cannot be read. Both pointers must outlive the task.
async::Task<Result<std::string>> merge(store::Store* store,
                                       async::Workers* workers,
                                       std::vector<store::ProfileId> ids);

}  // namespace kprofefe::api
