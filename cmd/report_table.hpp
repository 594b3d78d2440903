// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/report_writer.hpp"

#include <memory>

namespace kprofefe::cmd {

/// The report as a table for people: rows that say the same in one, or `wide`,
/// each with its service, address, route and duration.
std::unique_ptr<ReportWriter> table_writer(bool wide, bool colour,
                                           ReportWriter::Out out);

}  // namespace kprofefe::cmd
