// SPDX-License-Identifier: MIT
#pragma once

#include "view/prepare.hpp"

#include <string>

namespace kprofefe::view {

/// The whole profile, as `go tool pprof -raw` prints it. Ids are the order in
/// the file, from 1.
std::string render_raw(const Prepared& prepared);

}  // namespace kprofefe::view
