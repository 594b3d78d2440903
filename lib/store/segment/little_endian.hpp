// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

namespace kprofefe::store {

template <std::unsigned_integral Number>
void append_little_endian(std::string& bytes, Number number) {
  for (std::size_t i = 0; i < sizeof(Number); ++i) {
    bytes += static_cast<char>(static_cast<unsigned char>(number >> (8 * i)));
  }
}

/// The number at `offset`; `bytes` must reach that far.
template <std::unsigned_integral Number>
Number read_little_endian(std::string_view bytes, std::size_t offset) {
  Number number = 0;
  for (std::size_t i = 0; i < sizeof(Number); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[offset + i]);
    number |= static_cast<Number>(static_cast<Number>(byte) << (8 * i));
  }
  return number;
}

}  // namespace kprofefe::store
