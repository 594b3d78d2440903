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

Summary summarize(const Report& report) {
  Summary summary;
  for (const TargetReport& target : report.targets) {
    for (const Row& row : target.rows) {
      count(summary, row.outcome);
    }
  }
  for (const NotTarget& pod : report.not_targets) {
    count(summary, pod.why == WhyNot::misconfigured ? Outcome::failed
                                                    : Outcome::skipped);
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
