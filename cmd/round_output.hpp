// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/streams.hpp"

#include "base/result.hpp"
#include "collect/report.hpp"
#include "report/format.hpp"
#include "report/notes.hpp"
#include "report/writer.hpp"
#include "term/stream_queue.hpp"

#include <memory>
#include <vector>

namespace kprofefe::cmd {

/// What a round prints, from its first target to the line that closes it:
/// results to standard output while it runs, the rest to standard error. Keeps
/// counts, and of most formats nothing else.
class RoundOutput {
 public:
  RoundOutput(Streams& streams, report::Format format,
              const report::Head& head);

  void add(const collect::TargetReport& target);

  /// What is left to print. Errors: as print_results().
  Result<void> finish(const std::vector<collect::NotTarget>& not_targets);

  [[nodiscard]] const collect::Summary& summary() const { return summary_; }

  /// Whether pods were asked for profiles that none of them offers.
  [[nodiscard]] bool asked_in_vain() const {
    return summary_.stored == 0 && notes_.pods_without_profiles() == targets_ &&
           targets_ > 0;
  }

 private:
  Result<void> finish_results(
      const std::vector<collect::NotTarget>& not_targets);

  Streams& streams_;
  term::StreamQueue out_;
  term::StreamQueue err_;
  std::unique_ptr<report::Writer> writer_;
  bool names_problems_;  ///< the format does not
  bool is_table_;
  std::size_t targets_;
  report::Notes notes_;
  collect::Summary summary_;
};

}  // namespace kprofefe::cmd
