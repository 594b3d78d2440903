// SPDX-License-Identifier: MIT
#pragma once

#include "base/file.hpp"
#include "base/result.hpp"
#include "view/prepare.hpp"

#include <string>

namespace kprofefe::view {

/// The report that the profile was prepared for, as `go tool pprof` prints it:
/// text, but bytes of `proto` and `top_proto`. `names`: which functions `peek`
/// and `list` show, a regular expression. `prepared` must outlive the producer.
/// Errors: usage (the expression), not_found (no function matches).
Result<Producer> render(const Prepared& prepared, ReportKind kind,
                        const std::string& names = {});

/// Of a text that is made already.
Producer produce_text(std::string text);

}  // namespace kprofefe::view
