// SPDX-License-Identifier: MIT
#include "collect/report.hpp"

namespace kprofefe::collect {
namespace {

void count(Summary& summary, Outcome outcome) {
  switch (outcome) {
    case Outcome::stored:
      ++summary.stored;
      return;
    case Outcome::skipped:
      ++summary.skipped;
      return;
    case Outcome::failed:
      ++summary.failed;
      return;
    case Outcome::interrupted:
      ++summary.interrupted;
      return;
  }
}

}  // namespace

Outcome outcome_of(const NotTarget& pod) {
  const bool fails = pod.named || pod.why == WhyNot::misconfigured;
  return fails ? Outcome::failed : Outcome::skipped;
}

void Summary::add(const TargetReport& target) {
  for (const Row& row : target.rows) {
    count(*this, row.outcome);
    const bool kept = !row.locations.empty();
    kept_somewhere += kept && row.outcome != Outcome::stored ? 1 : 0;
  }
}

void Summary::add(const NotTarget& pod) {
  count(*this, outcome_of(pod));
}

Summary summarize(const Report& report) {
  Summary summary;
  for (const TargetReport& target : report.targets) {
    summary.add(target);
  }
  for (const NotTarget& pod : report.not_targets) {
    summary.add(pod);
  }
  return summary;
}

std::string_view outcome_name(Outcome outcome) {
  switch (outcome) {
    case Outcome::stored:
      return "stored";
    case Outcome::skipped:
      return "skipped";
    case Outcome::failed:
      return "failed";
    case Outcome::interrupted:
      break;
  }
  return "interrupted";
}

}  // namespace kprofefe::collect
