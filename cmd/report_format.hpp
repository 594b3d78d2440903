// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

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

}  // namespace kprofefe::cmd
