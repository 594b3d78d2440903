// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>

/// What libFuzzer calls with every input, and the replay with every file of the
/// corpus. Aborts when something is wrong.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size);

/// What must hold whatever the input is.
inline void check(bool holds) {
  if (!holds) {
    std::abort();
  }
}
