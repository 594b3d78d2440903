// SPDX-License-Identifier: MIT
#include "report/notes.hpp"

#include "base/utf8.hpp"
#include "collect/verdict.hpp"
#include "report/groups.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kprofefe::report {
namespace {

/// More reasons than this nobody reads.
constexpr std::size_t k_max_fallbacks = 20;

bool offers_nothing(const collect::TargetReport& target) {
  return !target.rows.empty() &&
         std::ranges::all_of(target.rows, [](const collect::Row& row) {
           return row.absence == collect::Absence::not_offered;
         });
}

}  // namespace

std::string render_problems(const collect::TargetReport& target) {
  std::string text;
  for (const RowGroup& group : group_rows(target)) {
    const collect::Row& row = *group.rows.front();
    if (row.outcome != collect::Outcome::stored) {
      text += fmt::format("{} type={} namespace={} pod={}: {}\n",
                          outcome_name(row.outcome), group.kinds(),
                          target.target.ns, target.target.pod,
                          printable(row.reason));
    }
  }
  return text;
}

std::string render_problem(const collect::NotTarget& pod) {
  return fmt::format("{} namespace={} pod={}: {}\n",
                     outcome_name(outcome_of(pod)), namespace_of(pod), pod.pod,
                     printable(pod.reason));
}

std::string render_problems(const collect::Report& report) {
  std::string text;
  for (const collect::TargetReport& target : report.targets) {
    text += render_problems(target);
  }
  for (const collect::NotTarget& pod : report.not_targets) {
    text += render_problem(pod);
  }
  return text;
}

void Notes::add(const collect::Target& target) {
  for (const std::string& hint : target.hints) {
    ++hints_[hint];
  }
}

void Notes::add(const collect::TargetReport& report) {
  add(report.target);
  without_profiles_ += offers_nothing(report) ? 1 : 0;
  if (report.fallback_reason.empty()) {
    return;
  }
  const Fallback fallback(report.via, report.fallback_reason);
  if (fallbacks_.size() < k_max_fallbacks || fallbacks_.contains(fallback)) {
    ++fallbacks_[fallback];
  } else {
    ++more_fallbacks_;
  }
}

std::vector<std::string> Notes::lines() const {
  std::vector<std::string> lines;
  lines.reserve(fallbacks_.size() + hints_.size() + 2);
  for (const auto& [fallback, count] : fallbacks_) {
    lines.push_back(fmt::format("{} reached via {} because {}",
                                count_pods(count), fallback.first,
                                fallback.second));
  }
  if (more_fallbacks_ > 0) {
    lines.push_back(fmt::format("{} more pods reached via a fallback route",
                                more_fallbacks_));
  }
  for (const auto& [hint, count] : hints_) {
    lines.push_back(fmt::format("{}: {}", count_pods(count), hint));
  }
  if (without_profiles_ > 0) {
    lines.push_back(
        fmt::format("{} returned 404 for all requested profiles: check "
                    "--path, or the annotation profefe.com/path",
                    count_pods(without_profiles_)));
  }
  return lines;
}

std::string render_summary(const collect::Summary& summary,
                           std::size_t targets) {
  std::string text =
      fmt::format("stored {}, skipped {}, failed {}", summary.stored,
                  summary.skipped, summary.failed);
  if (summary.interrupted > 0) {
    text += fmt::format(", interrupted {}", summary.interrupted);
  }
  return text + "; " + count_pods(targets);
}

}  // namespace kprofefe::report
