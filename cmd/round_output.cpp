// SPDX-License-Identifier: MIT
#include "cmd/round_output.hpp"

#include "term/terminal_buffer.hpp"

#include <optional>
#include <ostream>
#include <string>

namespace kprofefe::cmd {

// A terminal shows progress until the end, and nothing between.
RoundOutput::RoundOutput(Streams& streams, report::Format format,
                         const report::Head& head)
    : streams_(streams),
      out_(streams.out, streams.out_fd, streams.err_is_terminal),
      err_(streams.err, streams.err_fd, streams.err_is_terminal),
      writer_(report::make_writer(
          format, head, [this](std::string_view text) { out_.write(text); })),
      names_problems_(format == report::Format::lines ||
                      format == report::Format::name),
      is_table_(format == report::Format::table ||
                format == report::Format::wide),
      targets_(head.targets) {}

void RoundOutput::add(const collect::TargetReport& target) {
  writer_->add(target);
  if (names_problems_) {
    err_.write(report::render_problems(target));
  }
  notes_.add(target);
  summary_.add(target);
}

/// Only tables have colours, and make every word in them printable.
Result<void> RoundOutput::finish_results(
    const std::vector<collect::NotTarget>& not_targets) {
  std::optional<term::KeepOwnSequences> keep;
  if (is_table_) {
    keep.emplace(streams_.out);
  }
  writer_->finish(not_targets, summary_);
  out_.flush();
  return print_results(streams_, "");
}

Result<void> RoundOutput::finish(
    const std::vector<collect::NotTarget>& not_targets) {
  for (const collect::NotTarget& pod : not_targets) {
    summary_.add(pod);
    if (names_problems_) {
      err_.write(report::render_problem(pod));
    }
  }
  const Result<void> printed = finish_results(not_targets);
  err_.flush();
  for (const std::string& note : notes_.lines()) {
    print_note(streams_, note);
  }
  streams_.err << report::render_summary(summary_, targets_) << std::endl;
  return printed;
}

}  // namespace kprofefe::cmd
