// SPDX-License-Identifier: MIT
#include "pprof/wire/gunzip.hpp"

#include <libdeflate.h>

#include <cstddef>

namespace kprofefe::pprof {

namespace {

/// Whether the header has a checksum of its own (RFC 1952: FLG.FHCRC), which
/// libdeflate does not compare.
bool has_header_checksum(std::string_view body) {
  constexpr std::size_t k_flags_at = 3;
  constexpr unsigned k_fhcrc = 1U << 1;
  return body.size() > k_flags_at &&
         (static_cast<unsigned char>(body[k_flags_at]) & k_fhcrc) != 0;
}

}  // namespace

void Gunzip::Free::operator()(libdeflate_decompressor* decompressor) const {
  libdeflate_free_decompressor(decompressor);
}

Gunzip::Gunzip() : decompressor_(libdeflate_alloc_decompressor()) {}

/// gzip's ISIZE (RFC 1952): its size modulo 4 GiB, for an honest member.
std::optional<std::uint64_t> Gunzip::announced_bytes(std::string_view body) {
  // What deflate reaches at best: memory is taken for no more.
  constexpr std::uint64_t k_best_ratio = 1032;
  constexpr std::size_t k_smallest_member = 18;
  if (body.size() < k_smallest_member) {
    return std::nullopt;
  }
  std::uint64_t bytes = 0;
  for (std::size_t i = 1; i <= 4; ++i) {
    bytes = bytes << 8 | static_cast<unsigned char>(body[body.size() - i]);
  }
  if (bytes > body.size() * k_best_ratio) {
    return std::nullopt;
  }
  return bytes;
}

bool Gunzip::fill(std::span<char> room, std::string_view body) {
  if (!decompressor_ || has_header_checksum(body)) {
    return false;
  }
  std::size_t taken = 0;
  // Without the place for its own answer it insists on this very size.
  const libdeflate_result result = libdeflate_gzip_decompress_ex(
      decompressor_.get(), body.data(), body.size(), room.data(), room.size(),
      &taken, nullptr);
  return result == LIBDEFLATE_SUCCESS && taken == body.size();
}

std::optional<std::string> gunzip(std::string_view body,
                                  std::uint64_t max_bytes) {
  const std::optional<std::uint64_t> bytes = Gunzip::announced_bytes(body);
  if (!bytes || *bytes > max_bytes) {
    return std::nullopt;
  }
  bool filled = false;
  std::string whole;
  // Not the size that is passed on: libstdc++ 12 says its capacity there.
  whole.resize_and_overwrite(*bytes, [&](char* out, std::size_t /*size*/) {
    filled = Gunzip().fill({out, *bytes}, body);
    return filled ? *bytes : 0;
  });
  if (!filled) {
    return std::nullopt;
  }
  return whole;
}

}  // namespace kprofefe::pprof
