// SPDX-License-Identifier: MIT
#include "pprof/legacy/words.hpp"

namespace kprofefe::pprof::legacy {

std::uint64_t Words::next() {
  if (rest_.size() < format_.bytes) {
    is_cut_ = true;
    rest_ = {};
    return 0;
  }
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < format_.bytes; ++i) {
    const std::size_t at = format_.is_big_endian ? i : format_.bytes - 1 - i;
    word = word << 8 | static_cast<unsigned char>(rest_[at]);
  }
  rest_.remove_prefix(format_.bytes);
  return word;
}

}  // namespace kprofefe::pprof::legacy
