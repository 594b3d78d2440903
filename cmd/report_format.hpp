// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "collect/report.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::cmd {

/// `-o` of capture and collect.
enum class ReportFormat {
  table,  ///< for people
  wide,   ///< with service, route and duration
  json,   ///< everything, one object
  name,   ///< paths and URLs of what was stored, one a line
  lines   ///< `<location> type=<type> ...` per profile, as kube-profefe prints
};

/// Errors: usage.
Result<ReportFormat> parse_report_format(std::string_view name);

/// What a rendering needs beside the report.
struct RenderOptions {
  bool colour = false;
  std::chrono::seconds seconds{30};
};

/// The report as `format` wants it, ready for standard output.
std::string render_report(const collect::Report& report, ReportFormat format,
                          const RenderOptions& options);

/// Its namespace for people; `-` when it may be in any.
std::string namespace_of(const collect::NotTarget& pod);

/// A line for each profile and pod that failed, was skipped or interrupted:
/// what `lines` and `name` leave out, for standard error.
std::string render_problems(const collect::Report& report);

/// A line for each reason why pods were not reached by the first choice of
/// route: `3 pods by proxy, because port-forward: ...`.
std::vector<std::string> describe_detours(const collect::Report& report);

/// A line for what pods' annotations probably do not mean to say, with how
/// many pods say it.
std::vector<std::string> describe_hints(
    const std::vector<collect::Target>& targets);

/// The same of a round, and how many pods offer nothing that was asked for.
std::vector<std::string> describe_hints(const collect::Report& report);

/// One line to close with, for standard error: `stored 18, skipped 2, failed 1
/// of 21 profiles of 3 pods`.
std::string render_summary(const collect::Report& report);

}  // namespace kprofefe::cmd
