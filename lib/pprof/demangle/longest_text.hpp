// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

namespace kprofefe::pprof {

/// The bytes that the name of a symbol of that size may have; compilers make up
/// to fifty for one. A symbol can stand for more, without end: what it says
/// twice it may name by a letter.
constexpr std::size_t longest_text(std::size_t symbol_bytes) {
  return 16384 + 64 * symbol_bytes;
}

}  // namespace kprofefe::pprof
