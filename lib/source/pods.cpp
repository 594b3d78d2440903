// SPDX-License-Identifier: MIT
#include "source/pods.hpp"

#include "collect/sink.hpp"
#include "pprof/kind.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace kprofefe::source {
namespace {

/// Adds what comes from pods as it comes, and keeps nothing else of it.
class LoaderSink final : public collect::Sink {
 public:
  explicit LoaderSink(Loader* loader) : loader_(loader) {}

  async::Task<Result<std::string>> deliver(
      collect::FetchedProfile profile) override {
    const Source source{Kind::pod, "pod/" + profile.target->pod};
    CO_TRY_ASSIGN(pprof::Profile parsed, Loader::read(profile.bytes, source));
    add_origin(parsed, {.pod = profile.target->pod,
                        .ns = profile.target->ns,
                        .service = profile.target->service});
    CO_TRY(loader_->add(std::move(parsed), source));
    co_return source.text;
  }

 private:
  Loader* loader_;
};

/// How many pods sampled, and saw nothing.
std::size_t count_idle(const collect::Report& report) {
  std::size_t count = 0;
  for (const collect::TargetReport& target : report.targets) {
    count += static_cast<std::size_t>(std::ranges::count(
        target.rows, collect::Absence::no_samples, &collect::Row::absence));
  }
  return count;
}

/// The profile is of what came; what did not is said.
Result<void> judge(const collect::Report& report,
                   const collect::PlanOptions& plan, const Session& session,
                   Loader& loader) {
  const std::string_view kind = pprof::kind_name(plan.kinds.front());
  const collect::Summary summary = collect::summarize(report);
  const std::size_t idle = count_idle(report);
  if (summary.stored == 0) {
    Error none{ErrorKind::not_found,
               idle > 0 ? fmt::format("the {} profiles of {} pods have no "
                                      "samples: the programs were idle",
                                      kind, idle)
                        : fmt::format("no pod returned a {} profile", kind),
               ErrorDetail::nothing_captured};
    return std::unexpected(std::move(none));
  }
  loader.add_idle_time(idle * collect::sampling_time(plan));
  if (summary.failed > 0) {
    loader.mark_incomplete();
  }
  const std::string what = fmt::format(
      "{} profiles captured from {} of {} pods", kind, summary.stored,
      report.targets.size() + report.not_targets.size());
  session.messages->note(what);
  if (report.targets.size() + report.not_targets.size() > 1) {
    loader.describe("Profiles: " + what);
  }
  return {};
}

}  // namespace

async::Task<Result<PodRound>> run_pod_round(
    const Session* session, const collect::CaptureRequest* request,
    CaptureListener* listener, collect::Sink* sink) {
  collect::Capture capture(session, request);
  Result<collect::Selected> selected = co_await capture.select();
  if (!selected) {
    co_return std::unexpected(std::move(selected).error());
  }
  if (selected->targets.empty() && selected->not_targets.empty()) {
    co_return std::unexpected(capture.nothing_to_profile(selected->pods_seen));
  }
  listener->on_start(selected->targets.size(),
                     collect::sampling_time(request->plan));
  collect::Capture::Listeners listeners{
      .on_row = [listener](const collect::Target&, const collect::Row& row) {
        listener->on_row(row);
      }};
  std::vector<collect::Sink*> sinks(1, sink);
  PodRound round;
  round.report = co_await capture.run(std::move(sinks), *std::move(selected),
                                      std::move(listeners));
  if (session->stop.stop_requested()) {
    co_return fail(ErrorKind::cancelled, "interrupted");
  }
  round.has_list_failed = capture.has_list_failed();
  listener->on_end(round.report);
  co_return round;
}

async::Task<Result<void>> load_pods(const Session* session,
                                    const collect::CaptureRequest* request,
                                    CaptureListener* listener, Loader* loader) {
  LoaderSink sink(loader);
  CO_TRY_ASSIGN(const PodRound round,
                co_await run_pod_round(session, request, listener, &sink));
  if (round.has_list_failed) {
    loader->mark_incomplete();
  }
  co_return judge(round.report, request->plan, *session, *loader);
}

}  // namespace kprofefe::source
