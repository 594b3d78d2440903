// SPDX-License-Identifier: MIT
#pragma once

#include "report/writer.hpp"

#include <memory>

namespace kprofefe::report {

/// A line for each place where a profile was stored: a path or a URL, and with
/// labels what kube-profefe wrote behind it, ` type=heap namespace=...
/// pod=...`.
std::unique_ptr<Writer> location_writer(bool with_labels, Writer::Out out);

}  // namespace kprofefe::report
