// SPDX-License-Identifier: MIT
#include "cmd/round_watch.hpp"

#include "report/notes.hpp"

#include <ostream>
#include <string>

namespace kprofefe::cmd {

void RoundWatch::on_start(std::size_t pods, std::chrono::seconds sampling) {
  const RoundPlan plan{.pods = pods, .profiles = pods, .sampling = sampling};
  if (rounds_++ == 0) {
    progress_.emplace(context_.streams, session_->loop(), plan);
  } else {
    progress_->extend(plan);
  }
}

void RoundWatch::on_row(const collect::Row& row) {
  progress_->count_pod();
  progress_->count(row);
}

void RoundWatch::on_end(const collect::Report& report) {
  if (--rounds_ == 0) {
    progress_.reset();
  }
  context_.streams.err << report::render_problems(report) << std::flush;
  report::Notes notes;
  for (const collect::TargetReport& target : report.targets) {
    notes.add(target);
  }
  for (const std::string& note : notes.lines()) {
    print_note(context_.streams, note);
  }
}

}  // namespace kprofefe::cmd
