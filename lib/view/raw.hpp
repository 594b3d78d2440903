// SPDX-License-Identifier: MIT
#pragma once

#include "base/file.hpp"
#include "view/prepare.hpp"

namespace kprofefe::view {

/// The whole profile, as `go tool pprof -raw` prints it. Ids are the order in
/// the file, from 1. False when the sink took no more.
bool write_raw(const Prepared& prepared, const Sink& sink);

}  // namespace kprofefe::view
