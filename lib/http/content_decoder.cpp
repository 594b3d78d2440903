// SPDX-License-Identifier: MIT
#include "http/content_decoder.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace kprofefe::http {
namespace {

constexpr std::string_view k_gzip = "gzip";
constexpr std::string_view k_deflate = "deflate";

/// Bits of window as inflateInit2() takes them: deflate alone, inside zlib's
/// frame, inside gzip's.
constexpr int k_raw = -15;
constexpr int k_zlib = 15;
constexpr int k_gzip_window = 15 + 16;

/// Of "deflate" many servers send it without the frame of zlib that it is
/// meant to have, and which begins with an 8 in its lower half.
int window_of(std::string_view coding, unsigned char first) {
  if (coding == k_gzip) {
    return k_gzip_window;
  }
  constexpr unsigned k_method = 0x0f;
  constexpr unsigned k_deflated = 8;
  return (first & k_method) == k_deflated ? k_zlib : k_raw;
}

}  // namespace

Result<std::unique_ptr<ContentDecoder>> ContentDecoder::make(
    std::string_view coding) {
  coding = trim(coding);
  if (coding.empty() || equals_ignoring_case(coding, "identity")) {
    return nullptr;
  }
  if (equals_ignoring_case(coding, k_gzip) ||
      equals_ignoring_case(coding, "x-gzip")) {
    return std::make_unique<ContentDecoder>(k_gzip);
  }
  if (equals_ignoring_case(coding, k_deflate)) {
    return std::make_unique<ContentDecoder>(k_deflate);
  }
  return fail(ErrorKind::malformed,
              fmt::format("the response has Content-Encoding {}, which was "
                          "not requested",
                          quoted(coding)));
}

ContentDecoder::ContentDecoder(std::string_view coding) : coding_(coding) {}

ContentDecoder::~ContentDecoder() {
  if (is_started_) {
    inflateEnd(&stream_);
  }
}

std::unexpected<Error> ContentDecoder::broken(std::string_view why) const {
  return fail(ErrorKind::malformed,
              fmt::format("the response's Content-Encoding {} is corrupt: {}",
                          coding_, why));
}

Result<void> ContentDecoder::start(unsigned char first) {
  if (inflateInit2(&stream_, window_of(coding_, first)) != Z_OK) {
    return broken("zlib cannot be initialised");
  }
  is_started_ = true;
  return {};
}

/// As much as fits into the piece; how much there is of it.
Result<std::size_t> ContentDecoder::inflate_piece(std::string_view& input) {
  const auto offered = static_cast<uInt>(
      std::min<std::size_t>(input.size(), std::numeric_limits<uInt>::max()));
  // zlib's own type: it does not write there.
  stream_.next_in =
      reinterpret_cast<z_const Bytef*>(const_cast<char*>(input.data()));
  stream_.avail_in = offered;
  stream_.next_out = reinterpret_cast<Bytef*>(piece_.data());
  stream_.avail_out = static_cast<uInt>(piece_.size());
  const int status = inflate(&stream_, Z_NO_FLUSH);
  input.remove_prefix(offered - stream_.avail_in);
  is_between_members_ = status == Z_STREAM_END;
  if (is_between_members_) {
    inflateReset(&stream_);
  } else if (status != Z_OK && status != Z_BUF_ERROR) {
    return broken(stream_.msg == nullptr ? "invalid data" : stream_.msg);
  }
  has_more_ = stream_.avail_out == 0;
  return piece_.size() - stream_.avail_out;
}

Result<std::string_view> ContentDecoder::next(std::string_view& input) {
  if (!is_started_ && !input.empty()) {
    TRY(start(static_cast<unsigned char>(input.front())));
  }
  while (!input.empty() || has_more_) {
    TRY_ASSIGN(const std::size_t made, inflate_piece(input));
    if (made > 0) {
      return std::string_view(piece_.data(), made);
    }
  }
  return std::string_view();
}

Result<void> ContentDecoder::finish() const {
  if (is_started_ && !is_between_members_) {
    return broken("unexpected end");
  }
  return {};
}

}  // namespace kprofefe::http
