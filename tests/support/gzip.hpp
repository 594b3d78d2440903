// SPDX-License-Identifier: MIT
#pragma once

#include <zlib.h>

#include <stdexcept>
#include <string>
#include <string_view>

namespace kprofefe::test {

/// `bytes` in the frame that `window_bits` mean to deflateInit2().
inline std::string deflated(std::string_view bytes, int window_bits,
                            int level) {
  z_stream stream{};
  if (deflateInit2(&stream, level, Z_DEFLATED, window_bits, 8,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("deflateInit2 failed");
  }
  std::string compressed(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in =
      reinterpret_cast<z_const Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(compressed.data());
  stream.avail_out = static_cast<uInt>(compressed.size());
  deflate(&stream, Z_FINISH);
  compressed.resize(compressed.size() - stream.avail_out);
  deflateEnd(&stream);
  return compressed;
}

/// `bytes` as one gzip member.
inline std::string gzip(std::string_view bytes, int level = 6) {
  constexpr int k_gzip = 15 + 16;
  return deflated(bytes, k_gzip, level);
}

/// `bytes` as zlib frames them.
inline std::string zlib(std::string_view bytes) {
  constexpr int k_zlib = 15;
  return deflated(bytes, k_zlib, 6);
}

}  // namespace kprofefe::test
