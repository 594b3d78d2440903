// SPDX-License-Identifier: MIT
#pragma once

#include <zlib.h>

#include <array>
#include <cstddef>
#include <string_view>

namespace kprofefe::pprof {

/// How gzip begins.
inline constexpr std::string_view k_gzip_magic = "\x1f\x8b";

/// Hands out a body piece by piece: decompressed when it is gzip (any number
/// of members), as it is when not. Allocates nothing: zlib works in a fixed
/// arena. Some 100 KB large: fine on the stack, not by the thousand.
class BodyReader {
 public:
  /// `body` must outlive the reader.
  explicit BodyReader(std::string_view body);
  BodyReader(const BodyReader&) = delete;
  BodyReader& operator=(const BodyReader&) = delete;
  ~BodyReader();

  /// Whether the body begins as gzip does.
  [[nodiscard]] bool gzip() const { return gzip_; }

  /// The next bytes, valid until the next call; empty at the end, and where
  /// the gzip data is broken: then error() says how. The first pieces are
  /// small, for those who need to see only the start. A complete pass has
  /// compared gzip's checksums and lengths.
  std::string_view next();

  /// What is wrong with the gzip data, in words; empty while nothing is.
  [[nodiscard]] std::string_view error() const { return error_; }

  /// How many bytes of the body were consumed.
  [[nodiscard]] std::size_t consumed() const { return consumed_; }

 private:
  // What inflate of zlib takes is 7 KB for its state and 32 KB for its
  // window; the rest is for builds that round up (zlib-ng).
  static constexpr std::size_t k_arena_bytes = std::size_t{64} << 10;
  static constexpr std::size_t k_first_piece = std::size_t{2} << 10;
  static constexpr std::size_t k_max_piece = std::size_t{32} << 10;

  static void* allocate(void* reader, unsigned count, unsigned size);
  std::string_view inflate_piece();
  void next_member();

  std::string_view body_;
  bool gzip_ = false;
  z_stream stream_{};
  std::string_view error_;
  bool ended_ = false;
  std::size_t consumed_ = 0;
  std::size_t piece_bytes_ = k_first_piece;
  std::size_t arena_used_ = 0;
  // Both are left uninitialised on purpose: clearing them would cost more than
  // the look at a profile's start does.
  alignas(64) std::array<std::byte, k_arena_bytes> arena_;
  std::array<char, k_max_piece> piece_;
};

}  // namespace kprofefe::pprof
