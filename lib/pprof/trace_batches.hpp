// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string_view>

namespace kprofefe::pprof {

/// How much is known about a Go runtime trace's end.
enum class TraceEnd : std::uint8_t {
  marked,   ///< it ends with the mark that Go writes there since 1.26
  unknown,  ///< it ends where a batch does (1.22 to 1.25), or is older: of
            ///< these only the header can be checked
};

/// Walks the batches of a trace that is_trace() has recognised; looks into
/// none and allocates nothing. Errors: malformed, when it ends within a batch
/// or has something else in a batch's place.
///
///     Trace = header { batch }      from Go 1.22 on (internal/trace/batch.go)
///     batch = 1 generation thread time size byte{size}
///           | 49 experiment generation thread time size byte{size}
///           | 52                    the end of a generation, from Go 1.26 on
Result<TraceEnd> walk_trace(std::string_view trace);

}  // namespace kprofefe::pprof
