// SPDX-License-Identifier: MIT
#pragma once

#include "cmd/report_writer.hpp"

#include <memory>

namespace kprofefe::cmd {

/// The report as one JSON object, of which `profiles` is written row by row.
std::unique_ptr<ReportWriter> json_writer(const ReportHead& head,
                                          ReportWriter::Out out);

}  // namespace kprofefe::cmd
