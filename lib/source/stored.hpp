// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "base/result.hpp"
#include "profefe/client.hpp"
#include "profefe/hostport.hpp"
#include "session/session.hpp"
#include "source/loader.hpp"
#include "source/series.hpp"

#include <string>

namespace kprofefe::source {

// Profiles that a profefe server has. Errors of both: as profefe::Client,
// not_found, and as Loader::add(). All pointers must outlive the tasks.

/// Adds the profile of that id.
async::Task<Result<void>> load_stored(const Session* session,
                                      profefe::Server server, std::string id,
                                      Loader* loader);

/// Which stored profiles, and what becomes of several of one pod.
struct StoredQuery {
  profefe::ProfileQuery query;
  Aggregation aggregation = Aggregation::automatic;
};

/// Adds what the query finds; what cannot be had is noted, and the rest
/// incomplete. Says of what the result is, in a note when profiles were left
/// out. not_found, when the query finds nothing.
async::Task<Result<void>> load_query(const Session* session,
                                     profefe::Server server, StoredQuery query,
                                     Loader* loader);

}  // namespace kprofefe::source
