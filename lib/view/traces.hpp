// SPDX-License-Identifier: MIT
#pragma once

#include "view/prepare.hpp"

#include <string>

namespace kprofefe::view {

/// Every sample with its stack, as `go tool pprof -traces` prints it.
std::string render_traces(const Prepared& prepared);

}  // namespace kprofefe::view
