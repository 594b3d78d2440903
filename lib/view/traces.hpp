// SPDX-License-Identifier: MIT
#pragma once

#include "base/file.hpp"
#include "view/prepare.hpp"

namespace kprofefe::view {

/// Every sample with its stack, as `go tool pprof -traces` prints it. A few
/// bytes of a profile can be many frames, so that no more than a piece of the
/// text is kept; false when the sink took no more.
bool write_traces(const Prepared& prepared, const Sink& sink);

}  // namespace kprofefe::view
