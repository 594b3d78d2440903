// SPDX-License-Identifier: MIT
#include "pprof/gunzip.hpp"

#include <libdeflate.h>

#include <cstddef>
#include <memory>

namespace kprofefe::pprof {
namespace {

struct FreeDecompressor {
  void operator()(libdeflate_decompressor* decompressor) const {
    libdeflate_free_decompressor(decompressor);
  }
};

/// How large gzip says at its end (RFC 1952, ISIZE) that the member becomes:
/// its size modulo 4 GiB, for an honest member.
std::uint64_t announced_bytes(std::string_view body) {
  std::uint64_t bytes = 0;
  for (std::size_t i = 1; i <= 4; ++i) {
    bytes = bytes << 8 | static_cast<unsigned char>(body[body.size() - i]);
  }
  return bytes;
}

}  // namespace

std::optional<std::string> gunzip(std::string_view body,
                                  std::uint64_t max_bytes) {
  // What deflate reaches at best: memory is taken for no more.
  constexpr std::uint64_t k_best_ratio = 1032;
  constexpr std::size_t k_smallest_member = 18;
  if (body.size() < k_smallest_member) {
    return std::nullopt;
  }
  const std::uint64_t bytes = announced_bytes(body);
  if (bytes > max_bytes || bytes > body.size() * k_best_ratio) {
    return std::nullopt;
  }
  const std::unique_ptr<libdeflate_decompressor, FreeDecompressor> decompressor(
      libdeflate_alloc_decompressor());
  if (!decompressor) {
    return std::nullopt;
  }
  std::size_t taken = 0;
  libdeflate_result result = LIBDEFLATE_BAD_DATA;
  std::string whole;
  // Not the size that is passed on: libstdc++ 12 says its capacity there.
  whole.resize_and_overwrite(bytes, [&](char* out, std::size_t /*size*/) {
    // Without the place for its own answer it insists on this very size.
    result =
        libdeflate_gzip_decompress_ex(decompressor.get(), body.data(),
                                      body.size(), out, bytes, &taken, nullptr);
    return result == LIBDEFLATE_SUCCESS ? bytes : 0;
  });
  if (result != LIBDEFLATE_SUCCESS || taken != body.size()) {
    return std::nullopt;
  }
  return whole;
}

}  // namespace kprofefe::pprof
