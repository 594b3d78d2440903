// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "collect/report.hpp"

#include <cstddef>
#include <string>
#include <string_view>

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
  std::size_t max_columns = 0;  ///< of a table; 0: as wide as it gets
  std::chrono::seconds seconds{30};
};

/// The report as `format` wants it, ready for standard output.
std::string render_report(const collect::Report& report, ReportFormat format,
                          const RenderOptions& options);

/// A line for each profile and pod that failed, was skipped or interrupted:
/// what `lines` and `name` leave out, for standard error.
std::string render_problems(const collect::Report& report);

/// One line to close with, for standard error: `stored 18, skipped 2, failed 1
/// of 21 profiles of 3 pods`.
std::string render_summary(const collect::Report& report);

}  // namespace kprofefe::cmd
