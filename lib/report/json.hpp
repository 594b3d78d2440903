// SPDX-License-Identifier: MIT
#pragma once

#include "report/writer.hpp"

#include <memory>

namespace kprofefe::report {

/// The report as one JSON object, of which `profiles` is written row by row.
std::unique_ptr<Writer> json_writer(const Head& head, Writer::Out out);

}  // namespace kprofefe::report
