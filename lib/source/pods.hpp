// SPDX-License-Identifier: MIT
#pragma once

#include "session/session.hpp"
#include "source/loader.hpp"

#include "async/task.hpp"
#include "base/result.hpp"
#include "collect/capture.hpp"
#include "collect/report.hpp"

#include <functional>

namespace kprofefe::source {

/// Who sees a round over live pods.
struct CaptureListener {
  /// The pods are chosen: how many profiles will be fetched. What it yields
  /// hears of each, and may be null.
  std::function<std::function<void(const collect::Target&,
                                   const collect::Row&)>(std::size_t profiles)>
      on_start;
  /// The round is over.
  std::function<void(const collect::Report&)> on_end;
};

/// Captures from live pods and adds what came; what did not is in the report,
/// and the rest incomplete. The request has one kind of profile. Errors: as
/// collect::Capture, as Loader::add(), cancelled; not_found, when nothing came.
/// All pointers must outlive the task.
async::Task<Result<void>> load_pods(const Session* session,
                                    const collect::CaptureRequest* request,
                                    const CaptureListener* listener,
                                    Loader* loader);

}  // namespace kprofefe::source
