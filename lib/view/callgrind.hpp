// SPDX-License-Identifier: MIT
#pragma once

#include "base/file.hpp"
#include "view/prepare.hpp"

namespace kprofefe::view {

/// Every address with its calls, in the format of callgrind that KCachegrind
/// reads, as `go tool pprof -callgrind` writes it. False when the sink took no
/// more.
bool write_callgrind(const Prepared& prepared, const Sink& sink);

}  // namespace kprofefe::view
