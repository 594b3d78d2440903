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

/// The same with everything in the header that RFC 1952 has: an extra field, a
/// name, a comment, and its checksum, which is `off` by so much.
inline std::string gzip_with_full_header(std::string_view bytes,
                                         unsigned off = 0) {
  constexpr std::size_t k_plain_header = 10;
  const std::string plain = gzip(bytes);
  std::string header = plain.substr(0, k_plain_header);
  header[3] = 0x02 | 0x04 | 0x08 | 0x10;
  header += std::string("\3\0abc", 5) + std::string("name\0", 5) +
            std::string("a comment\0", 10);
  const auto sum = crc32(0, reinterpret_cast<const Bytef*>(header.data()),
                         static_cast<uInt>(header.size())) +
                   off;
  header += static_cast<char>(sum & 0xffU);
  header += static_cast<char>(sum >> 8 & 0xffU);
  return header + plain.substr(k_plain_header);
}

/// `bytes` as zlib frames them.
inline std::string zlib(std::string_view bytes) {
  constexpr int k_zlib = 15;
  return deflated(bytes, k_zlib, 6);
}

}  // namespace kprofefe::test
