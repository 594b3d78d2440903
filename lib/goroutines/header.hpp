// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace kprofefe::goroutines {

/// The line before a stack, as goroutineheader() in Go's runtime/traceback.go
/// prints it; what is optional is in parentheses, at the end of each line what
/// it is for:
///
///     goroutine N ( gp=P m=M mp=P) [STATE(, 5 minutes)(, locked to thread)
///         (, synctest bubble N)( labels:{"key": "value"})]:
///
/// The texts are those of the line.
struct Header {
  std::uint64_t id = 0;
  std::string_view state;  ///< `chan receive`, `select (no cases)`, ...
  std::uint32_t wait_minutes = 0;
  bool locked = false;      ///< to a thread
  std::string_view labels;  ///< `"key": "value"`; empty: not printed, or none
};

/// Nothing: `line` is none.
std::optional<Header> read_header(std::string_view line);

}  // namespace kprofefe::goroutines
