// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/capture_flags.hpp"
#include "cmd/open_cluster.hpp"
#include "cmd/pod_flags.hpp"
#include "cmd/streams.hpp"

#include "async/byte_budget.hpp"
#include "async/delayed_stop.hpp"
#include "async/interrupt.hpp"
#include "async/loop.hpp"
#include "collect/round.hpp"
#include "collect/selection.hpp"
#include "http/client.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace kprofefe::cmd {

/// One round over live pods, from validated flags to the report: what capture
/// keeps and what the reading commands look at. Catches signals from its
/// making on.
class PodRound {
 public:
  /// All three must outlive the round.
  PodRound(const Context& context, const CaptureFlags& flags,
           const CaptureOptions& options);

  /// Finds the pods and the way to them; `listed` is what read_listed_pods()
  /// yielded. Notes pods that did not ask for it, and names what ended the list
  /// when that left something to fetch from. Errors: what selecting or
  /// the flags of the route failed with.
  Result<collect::Selected> select(
      std::optional<std::vector<kube::Pod>> listed);

  /// Why there is nothing to do, after select() found nothing.
  [[nodiscard]] Error nothing_to_profile(std::size_t pods_seen) const;

  /// Fetches from what select() yielded and hands it to every sink, with a
  /// progress line on a terminal. `on_target` is RoundOptions::on_target.
  collect::Report run(
      std::vector<collect::Sink*> sinks, collect::Selected selected,
      std::function<void(collect::TargetReport)> on_target = nullptr);

  [[nodiscard]] bool is_interrupted() const;

  /// There may be more pods than select() found, which has said why.
  [[nodiscard]] bool has_list_failed() const { return has_list_failed_; }

  /// Asked to stop by the first signal.
  [[nodiscard]] std::stop_token stop_token() const {
    return interrupt_.token();
  }

  /// Some time after that: what was fetched must be delivered by then, or not
  /// at all. Kubernetes kills what is there half a minute after SIGTERM.
  [[nodiscard]] std::stop_token delivery_stop_token() const {
    return delivery_stop_.token();
  }

  async::Loop& loop() { return loop_; }

  http::Client* client() { return &client_; }

 private:
  void note_unannotated(const collect::Selected& selected);

  const Context& context_;
  const CaptureFlags& flags_;
  const CaptureOptions& options_;
  async::Loop loop_;
  async::Interrupt interrupt_{loop_};
  async::DelayedStop delivery_stop_{loop_, interrupt_.token(),
                                    std::chrono::seconds(20)};
  std::optional<async::ByteBudget> budget_;  ///< of the round under way
  http::Client client_;
  std::optional<OpenCluster> cluster_;  ///< none: nothing goes through it
  std::optional<PodSource> source_;
  std::unique_ptr<collect::Route> route_;
  bool has_list_failed_ = false;
};

}  // namespace kprofefe::cmd
