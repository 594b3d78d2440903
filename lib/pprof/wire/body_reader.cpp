// SPDX-License-Identifier: MIT
#include "pprof/wire/body_reader.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace kprofefe::pprof {
namespace {

// 15 bits of window, plus 16: a gzip header and trailer, nothing else.
constexpr int k_gzip_window = 15 + 16;

void release_nothing(void* /*reader*/, void* /*memory*/) {}

/// Points the stream at the rest of the body; zlib counts in 32 bits.
void refill(z_stream& stream, std::string_view rest) {
  constexpr std::size_t k_most = std::numeric_limits<uInt>::max();
  // zlib's own type: it does not write there.
  stream.next_in =
      reinterpret_cast<z_const Bytef*>(const_cast<char*>(rest.data()));
  stream.avail_in = static_cast<uInt>(std::min(rest.size(), k_most));
}

}  // namespace

// The two buffers stay uninitialised on purpose, see there.
// NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init)
BodyReader::BodyReader(std::string_view body) : body_(body) {
  if (!body.starts_with(k_gzip_magic)) {
    return;
  }
  gzip_ = true;
  stream_.zalloc = allocate;
  stream_.zfree = release_nothing;
  stream_.opaque = this;
  if (inflateInit2(&stream_, k_gzip_window) != Z_OK) {
    error_ = "zlib cannot be initialised";
  }
}

BodyReader::~BodyReader() {
  if (gzip_) {
    inflateEnd(&stream_);
  }
}

void* BodyReader::allocate(void* reader, unsigned count, unsigned size) {
  auto& self = *static_cast<BodyReader*>(reader);
  constexpr std::size_t k_align = 64;
  const std::size_t bytes =
      (std::size_t{count} * size + k_align - 1) / k_align * k_align;
  if (bytes > k_arena_bytes - self.arena_used_) {
    return nullptr;
  }
  return self.arena_.data() +
         std::exchange(self.arena_used_, self.arena_used_ + bytes);
}

std::string_view BodyReader::next() {
  if (ended_ || !error_.empty()) {
    return {};
  }
  std::string_view piece;
  if (gzip_) {
    piece = inflate_piece();
  } else {
    piece = body_.substr(consumed_, piece_bytes_);
    consumed_ += piece.size();
    ended_ = piece.empty();
  }
  piece_bytes_ = std::min(piece_bytes_ * 2, k_max_piece);
  return piece;
}

std::string_view BodyReader::inflate_piece() {
  stream_.next_out = reinterpret_cast<Bytef*>(piece_.data());
  stream_.avail_out = static_cast<uInt>(piece_bytes_);
  while (stream_.avail_out != 0 && !ended_ && error_.empty()) {
    const std::string_view rest = body_.substr(consumed_);
    refill(stream_, rest);
    const uInt offered = stream_.avail_in;
    const int status = inflate(&stream_, Z_NO_FLUSH);
    consumed_ += offered - stream_.avail_in;
    if (status == Z_STREAM_END) {
      next_member();
    } else if (status == Z_BUF_ERROR) {
      // There is room for output, so it is the input that is missing.
      error_ = "unexpected end";
    } else if (status != Z_OK) {
      error_ = stream_.msg == nullptr ? "damaged" : stream_.msg;
    }
  }
  return {piece_.data(), piece_bytes_ - stream_.avail_out};
}

void BodyReader::next_member() {
  const std::string_view rest = body_.substr(consumed_);
  if (rest.empty()) {
    ended_ = true;
  } else if (!rest.starts_with(k_gzip_magic)) {
    error_ = "trailing data";
  } else {
    inflateReset(&stream_);
  }
}

}  // namespace kprofefe::pprof
