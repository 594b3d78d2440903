// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "base/result.hpp"
#include "collect/capture.hpp"
#include "collect/report.hpp"
#include "collect/sink.hpp"
#include "session/session.hpp"
#include "source/loader.hpp"

#include <chrono>
#include <cstddef>

namespace kprofefe::source {

/// Who sees a round over live pods.
class CaptureListener {
 public:
  CaptureListener() = default;
  CaptureListener(const CaptureListener&) = delete;
  CaptureListener& operator=(const CaptureListener&) = delete;
  virtual ~CaptureListener() = default;

  /// The pods are chosen: so many, each of which samples for so long.
  virtual void on_start(std::size_t pods, std::chrono::seconds sampling) = 0;

  /// One of them has come, or has not.
  virtual void on_row(const collect::Row& row) = 0;

  /// The round is over.
  virtual void on_end(const collect::Report& report) = 0;
};

/// What came of pods that were asked.
struct PodRound {
  collect::Report report;
  bool has_list_failed = false;  ///< there may be more pods
};

/// Fetches from live pods, and hands each answer to the sink. Errors: as
/// collect::Capture, cancelled. All pointers must outlive the task.
async::Task<Result<PodRound>> run_pod_round(
    const Session* session, const collect::CaptureRequest* request,
    CaptureListener* listener, collect::Sink* sink);

/// Captures from live pods and adds what came; what did not is in the report,
/// and the rest incomplete. The request has one kind of profile. Errors: as
/// collect::Capture, as Loader::add(), cancelled; not_found, when nothing came.
/// All pointers must outlive the task.
async::Task<Result<void>> load_pods(const Session* session,
                                    const collect::CaptureRequest* request,
                                    CaptureListener* listener, Loader* loader);

}  // namespace kprofefe::source
