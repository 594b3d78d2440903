// SPDX-License-Identifier: MIT
#include "pprof/gzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>

namespace kprofefe::pprof {
namespace {

/// Feeds zlib, which counts in 32 bits, with as much as it takes.
void offer(z_stream& stream, std::string_view& bytes) {
  const std::size_t taken =
      std::min<std::size_t>(bytes.size(), std::numeric_limits<uInt>::max());
  // zlib's own type: it does not write there.
  stream.next_in =
      reinterpret_cast<z_const Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(taken);
  bytes.remove_prefix(taken);
}

}  // namespace

std::string gzip(std::string_view bytes, Effort effort) {
  // 15 bits of window, plus 16 for a gzip header.
  constexpr int k_gzip_window = 15 + 16;
  constexpr int k_memory_level = 8;
  z_stream stream{};
  const int level =
      effort == Effort::fast ? Z_BEST_SPEED : Z_DEFAULT_COMPRESSION;
  if (deflateInit2(&stream, level, Z_DEFLATED, k_gzip_window, k_memory_level,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    return {};
  }
  std::string compressed;
  std::array<char, std::size_t{32} << 10> piece{};
  int status = Z_OK;
  while (status == Z_OK || status == Z_BUF_ERROR) {
    if (stream.avail_in == 0) {
      offer(stream, bytes);
    }
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = static_cast<uInt>(piece.size());
    status = deflate(&stream, bytes.empty() ? Z_FINISH : Z_NO_FLUSH);
    compressed.append(piece.data(), piece.size() - stream.avail_out);
  }
  deflateEnd(&stream);
  return compressed;
}

}  // namespace kprofefe::pprof
