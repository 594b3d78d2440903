// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "base/result.hpp"
#include "profefe/hostport.hpp"
#include "session/session.hpp"

#include <chrono>

namespace kprofefe::profefe {

/// Ends when something answers at `server`: better no profile than thirty
/// seconds of sampling for a server that is down. A server that is down is
/// waited for, with a note, until `patience` has passed. Errors: unreachable,
/// network, timeout (nobody answers), untrusted, config (nobody to talk to).
/// `session` must outlive the task.
async::Task<Result<void>> wait_for_server(const Session* session, Server server,
                                          std::chrono::milliseconds patience);

}  // namespace kprofefe::profefe
