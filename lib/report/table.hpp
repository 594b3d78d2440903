// SPDX-License-Identifier: MIT
#pragma once

#include "report/writer.hpp"

#include <memory>

namespace kprofefe::report {

/// The report as a table for people: rows that say the same in one, or `wide`,
/// each with its service, address, route and duration.
std::unique_ptr<Writer> table_writer(bool wide, bool colour, Writer::Out out);

}  // namespace kprofefe::report
