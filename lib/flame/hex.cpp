// SPDX-License-Identifier: MIT
#include "flame/hex.hpp"

#include <charconv>
#include <cstddef>

namespace kprofefe::flame {

std::string from_hex(std::string_view digits) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    unsigned char byte = 0;
    std::from_chars(&digits[i], &digits[i] + 2, byte, 16);
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

}  // namespace kprofefe::flame
