// SPDX-License-Identifier: MIT
#include "cmd/report_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace kprofefe::cmd {
namespace {

constexpr std::array<std::pair<std::string_view, ReportFormat>, 5> k_formats = {
    {{"table", ReportFormat::table},
     {"wide", ReportFormat::wide},
     {"json", ReportFormat::json},
     {"name", ReportFormat::name},
     {"lines", ReportFormat::lines}}};

}  // namespace

Result<ReportFormat> parse_report_format(std::string_view name) {
  const auto* const found = std::ranges::find(
      k_formats, name, &std::pair<std::string_view, ReportFormat>::first);
  if (found == k_formats.end()) {
    return fail(ErrorKind::usage,
                fmt::format("--output: \"{}\" is not one of table, wide, json, "
                            "name, lines",
                            name));
  }
  return found->second;
}

}  // namespace kprofefe::cmd
