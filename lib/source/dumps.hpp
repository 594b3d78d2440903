// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "base/result.hpp"
#include "collect/capture.hpp"
#include "goroutines/groups.hpp"
#include "session/session.hpp"
#include "source/pods.hpp"
#include "source/source.hpp"

#include <string_view>
#include <vector>

namespace kprofefe::source {

/// Where a server that is named without a path has its goroutines.
inline constexpr std::string_view k_dump_path = "/debug/pprof/goroutine";

/// Which goroutine dumps to read.
struct DumpRequest {
  /// Without any: what `live` selects. None is stored.
  std::vector<Source> sources;
  collect::CaptureRequest live;
};

/// Whether something else could not be had.
struct DumpsLoaded {
  bool is_incomplete = false;
};

/// Reads all of them into the groups, what is local first and as a stream.
/// Errors: not_found, malformed (no dump), io, cancelled, and as
/// run_pod_round(). All pointers must outlive the task.
async::Task<Result<DumpsLoaded>> load_dumps(const Session* session,
                                            const DumpRequest* request,
                                            CaptureListener* listener,
                                            goroutines::Groups* groups);

/// The URL of a goroutine profile as that of a dump: `debug=2` is added unless
/// it says what it wants.
std::string dump_url(std::string url);

}  // namespace kprofefe::source
