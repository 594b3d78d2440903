// SPDX-License-Identifier: MIT
#pragma once

#include "view/prepare.hpp"

#include <string>

namespace kprofefe::view {

/// What `go tool pprof -comments` prints: a line for each comment, also for
/// those that the header of a report leaves out.
std::string render_comments(const Prepared& prepared);

}  // namespace kprofefe::view
