// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "base/result.hpp"
#include "http/url.hpp"
#include "profefe/client.hpp"
#include "session/session.hpp"
#include "source/loader.hpp"

#include <string>

namespace kprofefe::source {

// Profiles that a profefe server has. Errors of both: as profefe::Client,
// not_found, and as Loader::add(). All pointers must outlive the tasks.

/// Adds the profile of that id.
async::Task<Result<void>> load_stored(const Session* session, http::Url server,
                                      std::string id, Loader* loader);

/// Adds all that the query finds; what cannot be had is noted, and the rest
/// incomplete. not_found, when the query finds nothing.
async::Task<Result<void>> load_query(const Session* session, http::Url server,
                                     profefe::ProfileQuery query,
                                     Loader* loader);

}  // namespace kprofefe::source
