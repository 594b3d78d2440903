// SPDX-License-Identifier: MIT
#include "collect/capture.hpp"

#include "base/byte_size.hpp"
#include "collect/concurrency.hpp"
#include "collect/pod_change.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

namespace kprofefe::collect {

std::size_t default_memory(std::optional<std::size_t> limit) {
  constexpr std::size_t k_enough = std::size_t{64} << 20;
  // The rest is the program's own, its connections' and the report's.
  return limit ? std::min(k_enough, *limit / 5 * 2) : k_enough;
}

Result<void> divide_memory(CaptureRequest& request,
                           const MemoryChoice& choice) {
  const std::optional<std::size_t> largest = choice.largest_profile;
  request.memory = choice.total.value_or(default_memory(choice.limit));
  if (largest && !choice.total) {
    request.memory = std::max(request.memory, 2 * *largest);
  }
  request.fetch.max_body_bytes = largest.value_or(request.memory / 2);
  if (request.fetch.max_body_bytes > request.memory / 2) {
    return fail(
        ErrorKind::usage,
        fmt::format("--max-profile-size {} is more than half of "
                    "--memory {}",
                    format_bytes(*largest), format_bytes(request.memory)));
  }
  return {};
}

async::Task<Result<Selected>> Capture::select() {
  Result<Selected> selected = co_await find(false);
  if (selected) {
    note_unannotated(*selected);
  }
  co_return selected;
}

async::Task<Result<Selected>> Capture::select_all() {
  return find(true);
}

async::Task<Result<Selected>> Capture::find(bool explain_all) {
  const bool is_listed = request_->pods.listed != nullptr;
  if (!is_listed || needs_cluster(request_->route, request_->cluster)) {
    CO_TRY_ASSIGN(cluster_, kube::open_cluster(request_->cluster, *session_));
  }
  const kube::OpenCluster* const cluster = cluster_ ? &*cluster_ : nullptr;
  source_.emplace(&request_->pods, cluster);
  route_ =
      make_route(request_->route, cluster, session_->http, request_->access);
  const SelectionRules rules{.needs_ip = route_->needs_ip(),
                             .explain_all = explain_all};
  Result<Selected> selected = co_await source_->select(rules);
  if (!selected) {
    co_return selected;
  }
  if (selected->list_failure && selected->targets.empty()) {
    co_return std::unexpected(*std::move(selected->list_failure));
  }
  report_list_failure(*session_->messages, *selected);
  has_list_failed_ = selected->list_failure.has_value();
  co_return selected;
}

std::string Capture::describe(std::size_t pods) const {
  constexpr bool k_explain_all = true;
  return source_->describe(pods, k_explain_all);
}

Error Capture::nothing_to_profile(std::size_t pods_seen) const {
  constexpr bool k_explain_all = false;
  std::string message =
      "nothing to profile: " + source_->describe(pods_seen, k_explain_all);
  if (pods_seen > 0) {
    const bool one = pods_seen == 1;
    message += fmt::format(
        ", {} the annotation profefe.com/enable: \"true\"; select with -l or "
        "by name, or see `kubectl profefe targets` for the reason{}",
        one ? "without" : "none with", one ? "" : " for each");
  }
  return {ErrorKind::not_found, std::move(message)};
}

/// What the annotation would have chosen otherwise: who names a pod, or selects
/// pods by label, sees which of them have none; who does neither, how many were
/// left out.
void Capture::note_unannotated(const Selected& selected) const {
  std::vector<std::string_view> chosen;
  for (const Target& target : selected.targets) {
    if (!target.enabled) {
      chosen.push_back(target.pod);
    }
  }
  constexpr std::string_view k_annotation = "profefe.com/enable: \"true\"";
  if (chosen.size() == 1) {
    session_->messages->note(fmt::format(
        "pod/{} is captured because you selected it; it is not annotated {}",
        chosen.front(), k_annotation));
  } else if (!chosen.empty()) {
    session_->messages->note(
        fmt::format("{} of {} pods are captured because you selected them; "
                    "they are not annotated {}",
                    chosen.size(), selected.targets.size(), k_annotation));
  }
  if (selected.not_annotated > 0 && !request_->pods.selection.only_annotated &&
      !selected.targets.empty()) {
    session_->messages->note(fmt::format(
        "{} other running {} not annotated {}; select with -l or by name",
        selected.not_annotated,
        selected.not_annotated == 1 ? "pod is" : "pods are", k_annotation));
  }
}

/// From the API server, unless the pods are from a list and nothing is to be
/// asked of one.
std::function<async::Task<std::string>(const Target*)> Capture::find_reason()
    const {
  if (!cluster_) {
    return {};
  }
  return [api = cluster_->api.get()](const Target* target) {
    return pod_change(api, target);
  };
}

/// Makes the budget of a round over so many targets; how many of them at a
/// time.
std::size_t Capture::begin(std::size_t targets) {
  const std::size_t concurrency = fit_concurrency(
      request_->concurrency, targets, request_->memory, *session_->messages);
  budget_.emplace(async::BudgetShares::of(request_->memory, concurrency));
  return concurrency;
}

FetchOptions Capture::fetch_options() {
  FetchOptions options = request_->fetch;
  options.budget = &*budget_;
  options.stop = session_->stop;
  return options;
}

async::Task<std::vector<Probe>> Capture::probe(
    const std::vector<Target>* targets) {
  if (targets->empty()) {
    co_return std::vector<Probe>();
  }
  const ProbeOptions options{.concurrency = begin(targets->size()),
                             .timeout = request_->plan.slack,
                             .fetch = fetch_options()};
  co_return co_await probe_targets(route_.get(), &options, targets);
}

async::Task<Report> Capture::run(std::vector<Sink*> sinks, Selected selected,
                                 Listeners listeners) {
  const std::size_t concurrency = begin(selected.targets.size());
  RoundParts parts{.route = route_.get(),
                   .sinks = std::move(sinks),
                   .find_reason = find_reason()};
  RoundOptions round{.plan = request_->plan,
                     .fetch = fetch_options(),
                     .concurrency = concurrency,
                     .now = session_->env->now,
                     .on_row = std::move(listeners.on_row),
                     .on_target = std::move(listeners.on_target)};
  Report report = co_await run_round(std::move(parts), std::move(round),
                                     std::move(selected.targets));
  report.not_targets = std::move(selected.not_targets);
  co_return report;
}

void report_list_failure(Messages& messages, const Selected& selected) {
  if (selected.list_failure) {
    messages.error(*selected.list_failure);
    messages.note(fmt::format(
        "the pod list is incomplete; continuing with the pods listed "
        "before the error: {}",
        selected.pods_seen));
  }
}

}  // namespace kprofefe::collect
