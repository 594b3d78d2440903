// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/streams.hpp"

#include "async/task.hpp"
#include "base/result.hpp"
#include "http/client.hpp"
#include "http/url.hpp"

#include <chrono>
#include <stop_token>

namespace kprofefe::cmd {

/// Ends when something answers at `hostport`: better no profile than thirty
/// seconds of sampling for a server that is not there. Who is not there is
/// waited for, with a note, until `patience` has passed. Errors: unreachable,
/// network, timeout (nobody answers), untrusted, config (nobody to talk to).
/// `streams` must outlive the task.
async::Task<Result<void>> wait_for_profefe(Streams* streams,
                                           http::Client* client,
                                           http::Url hostport,
                                           std::chrono::milliseconds patience,
                                           std::stop_token stop);

}  // namespace kprofefe::cmd
