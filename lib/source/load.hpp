// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "base/result.hpp"
#include "collect/capture.hpp"
#include "profefe/hostport.hpp"
#include "session/session.hpp"
#include "source/loader.hpp"
#include "source/pods.hpp"
#include "source/source.hpp"
#include "source/stored.hpp"

#include <optional>
#include <variant>
#include <vector>

namespace kprofefe::source {

/// What a pod request selects, captured now.
struct SelectedPods {};

/// What is read and becomes one profile.
using Input = std::variant<std::vector<Source>, StoredQuery, SelectedPods>;

/// How it is read.
struct ReadRequest {
  profefe::ServerAddress server;  ///< of stored profiles
  /// Which pods, unless they are named, and how; of one kind of profile.
  collect::CaptureRequest live;  ///< its cluster is also the server's
};

/// Reads all of an input, what is local first, and adds it up as `go tool
/// pprof` does with several sources. Profiles of a query or of pods that could
/// not be read are noted; none at all is an error. Errors: usage, not_found,
/// malformed (no profile, a runtime trace), io, cancelled, and what servers
/// refuse with. All pointers must outlive the task.
async::Task<Result<LoadedProfile>> load(const Session* session, Input input,
                                        const ReadRequest* request,
                                        CaptureListener* listener);

}  // namespace kprofefe::source
