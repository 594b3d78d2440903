// SPDX-License-Identifier: MIT
#include "cmd/pod_round.hpp"

#include "cmd/choose_route.hpp"
#include "cmd/descriptors.hpp"
#include "cmd/round_progress.hpp"
#include "cmd/user_agent.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

namespace kprofefe::cmd {

PodRound::PodRound(const Context& context, const CaptureFlags& flags,
                   const CaptureOptions& options)
    : context_(context),
      flags_(flags),
      options_(options),
      client_(loop_, user_agent()) {}

Result<collect::Selected> PodRound::select(
    std::optional<std::vector<kube::Pod>> listed) {
  if (!listed || needs_cluster(options_.via, flags_.pods.cluster)) {
    TRY_ASSIGN(cluster_, open_cluster(flags_.pods.cluster, context_, &client_,
                                      interrupt_.token()));
  }
  const OpenCluster* cluster = cluster_ ? &*cluster_ : nullptr;
  TRY_ASSIGN(source_, PodSource::open(flags_.pods, std::move(listed), cluster));
  TRY_ASSIGN(const collect::TargetAccess access,
             read_target_access(flags_.target, context_.env));
  route_ = choose_route(options_.via, cluster, &client_, access);
  TRY_ASSIGN(collect::Selected selected,
             loop_.run(source_->select({.needs_ip = route_->needs_ip()})));
  if (selected.list_failure && selected.targets.empty()) {
    return std::unexpected(*std::move(selected.list_failure));
  }
  report_list_failure(context_.streams, selected);
  has_list_failed_ = selected.list_failure.has_value();
  note_unannotated(selected);
  return selected;
}

Error PodRound::nothing_to_profile(std::size_t pods_seen) const {
  constexpr bool k_explain_all = false;
  std::string message =
      "nothing to profile: " + source_->describe(pods_seen, k_explain_all);
  if (pods_seen > 0) {
    const bool one = pods_seen == 1;
    message += fmt::format(
        ", {} the annotation profefe.com/enable: \"true\"; `kubectl profefe "
        "targets` says why{}",
        one ? "without" : "none with", one ? "" : " for each");
  }
  return {ErrorKind::not_found, std::move(message)};
}

/// Who names a pod that did not ask for it should know.
void PodRound::note_unannotated(const collect::Selected& selected) {
  for (const collect::Target& target : selected.targets) {
    if (!target.enabled) {
      print_note(context_.streams,
                 fmt::format("pod/{} is captured because it is named; it is "
                             "not annotated profefe.com/enable: \"true\"",
                             target.pod));
    }
  }
}

collect::Report PodRound::run(
    std::vector<collect::Sink*> sinks, collect::Selected selected,
    std::function<void(collect::TargetReport)> on_target) {
  const std::size_t concurrency =
      fit_concurrency(context_.streams, options_.concurrency,
                      selected.targets.size(), options_.memory);
  RoundProgress progress(context_.streams,
                         selected.targets.size() * options_.plan.kinds.size());
  collect::RoundParts parts{.route = route_.get(), .sinks = std::move(sinks)};
  collect::RoundOptions round{.plan = options_.plan,
                              .fetch = options_.fetch,
                              .concurrency = concurrency,
                              .now = context_.env.now,
                              .on_row = progress.listener(),
                              .on_target = std::move(on_target)};
  budget_.emplace(async::BudgetShares::of(options_.memory, concurrency));
  round.fetch.budget = &*budget_;
  round.fetch.stop = interrupt_.token();
  collect::Report report = loop_.run(collect::run_round(
      std::move(parts), std::move(round), std::move(selected.targets)));
  report.not_targets = std::move(selected.not_targets);
  return report;
}

bool PodRound::is_interrupted() const {
  return interrupt_.token().stop_requested();
}

}  // namespace kprofefe::cmd
