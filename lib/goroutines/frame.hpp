// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kprofefe::goroutines {

// A stack is kept as text, a line for each frame: its function, a tab, and the
// place in the source (`/src/main.go:12`) where there is one. Arguments and
// addresses are left out, so that equal stacks are equal texts. `created by
// main.main` is the last frame; a line in dots or brackets stands for frames
// that are not there.

/// One line of a stack.
struct Frame {
  std::string_view function;  ///< without `created by `
  std::string_view place;     ///< may be empty
  bool is_creator = false;    ///< it is where the goroutine was created

  /// The parts of `place`; 0: it has no line.
  [[nodiscard]] std::string_view file() const;
  [[nodiscard]] std::uint64_t line() const;
};

/// Takes the first frame of a stack; nothing at its end.
std::optional<Frame> next_frame(std::string_view& stack);

/// Adds what a dump has of a frame: `main.(*T).m(0xc000, ...)` and, without its
/// tab, `/src/main.go:12 +0x1d`, which may be empty.
void append_frame(std::string& stack, std::string_view call,
                  std::string_view place);

/// Whether the text, which stood behind a tab, can be the place of a frame.
bool is_place(std::string_view text);

}  // namespace kprofefe::goroutines
