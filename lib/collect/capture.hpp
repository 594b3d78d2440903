// SPDX-License-Identifier: MIT
#pragma once

#include "async/byte_budget.hpp"
#include "async/task.hpp"
#include "collect/pod_source.hpp"
#include "collect/probe.hpp"
#include "collect/round.hpp"
#include "collect/route_choice.hpp"
#include "collect/target_access.hpp"
#include "kube/open_cluster.hpp"
#include "session/session.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kprofefe::collect {

/// What to fetch from which pods, and how.
struct CaptureRequest {
  kube::ClusterRequest cluster;
  PodRequest pods;
  RouteChoice route = RouteChoice::automatic;
  TargetAccess access;
  PlanOptions plan;
  FetchOptions fetch;
  std::size_t concurrency = k_concurrency;
  /// For everything that pods send, at the same time.
  std::size_t memory = std::size_t{64} << 20;
};

/// The default memory for pods' data: less where the control
/// group of this process has little (nothing: it has no limit).
std::size_t default_memory(std::optional<std::size_t> limit);

/// What is said of a request's memory, in bytes.
struct MemoryChoice {
  std::optional<std::size_t> total;
  std::optional<std::size_t> largest_profile;
  std::optional<std::size_t> limit;  ///< of the process's control group
};

/// Sets the memory of the request: half of it is for the largest profile, the
/// other for all others. Errors: usage, when the largest is more than that.
Result<void> divide_memory(CaptureRequest& request, const MemoryChoice& choice);

/// One round over live pods, from the request to the report.
class Capture {
 public:
  /// Callbacks while it runs; see RoundOptions.
  struct Listeners {
    std::function<void(const Target&, const Row&)> on_row;
    std::function<void(TargetReport)> on_target;
  };

  /// Both must outlive the capture.
  Capture(const Session* session, const CaptureRequest* request)
      : session_(session), request_(request) {}

  /// Finds the pods and the route to them. Notes pods without the annotation,
  /// and names what ended the list when that left something to fetch from.
  /// Errors: what opening the cluster and selecting failed with.
  async::Task<Result<Selected>> select();

  /// The same of every pod that the request selects, with the reason of each
  /// that is no target, for who wants to see and not to capture them.
  async::Task<Result<Selected>> select_all();

  /// Why there is nothing to do, after select() found nothing.
  [[nodiscard]] Error nothing_to_profile(std::size_t pods_seen) const;

  /// For messages, how many pods select_all() saw; see PodSource::describe().
  [[nodiscard]] std::string describe(std::size_t pods) const;

  /// Asks each of the targets what it offers; the answers in their order.
  /// `targets` must outlive the task.
  async::Task<std::vector<Probe>> probe(const std::vector<Target>* targets);

  /// Fetches from what select() yielded and hands it to every sink.
  async::Task<Report> run(std::vector<Sink*> sinks, Selected selected,
                          Listeners listeners);

  /// There may be more pods than select() found; it has reported why.
  [[nodiscard]] bool has_list_failed() const { return has_list_failed_; }

 private:
  async::Task<Result<Selected>> find(bool explain_all);
  std::size_t begin(std::size_t targets);
  [[nodiscard]] FetchOptions fetch_options();
  void note_unannotated(const Selected& selected) const;
  [[nodiscard]] std::function<async::Task<std::string>(const Target*)>
  find_reason() const;

  const Session* session_;
  const CaptureRequest* request_;
  std::optional<async::ByteBudget> budget_;   ///< of the round under way
  std::optional<kube::OpenCluster> cluster_;  ///< none: nothing goes through it
  std::optional<PodSource> source_;
  std::unique_ptr<Route> route_;
  bool has_list_failed_ = false;
};

/// Names the failure that ended a list, when one did: what was listed before it
/// is still used.
void report_list_failure(Messages& messages, const Selected& selected);

}  // namespace kprofefe::collect
