// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <zlib.h>

#include <array>
#include <cstddef>
#include <memory>
#include <string_view>

namespace kprofefe::http {

/// Takes the content coding off a body, piece by piece (RFC 9110, 8.4.1): gzip
/// and deflate, which servers apply also when nobody has asked for it.
class ContentDecoder {
 public:
  /// What one decoder takes of memory.
  static constexpr std::size_t k_bytes = std::size_t{64} << 10;

  /// For the value of a Content-Encoding header; null when there is nothing to
  /// take off. Errors: malformed (another coding, or several).
  static Result<std::unique_ptr<ContentDecoder>> make(std::string_view coding);

  explicit ContentDecoder(std::string_view coding);
  ContentDecoder(const ContentDecoder&) = delete;
  ContentDecoder& operator=(const ContentDecoder&) = delete;
  ~ContentDecoder();

  /// The next decoded bytes of what is left of `input`, from which it removes
  /// what it has read; empty when all of it is read. Valid until the next call.
  /// Errors: malformed (damaged, or other bytes behind the end).
  Result<std::string_view> next(std::string_view& input);

  /// Errors: malformed, when the body has ended before its coding has.
  [[nodiscard]] Result<void> finish() const;

 private:
  Result<void> start(unsigned char first);
  Result<std::size_t> inflate_piece(std::string_view& input);
  [[nodiscard]] std::unexpected<Error> broken(std::string_view why) const;

  std::string_view coding_;  // one of ours
  z_stream stream_{};
  bool is_started_ = false;
  bool is_between_members_ = true;
  bool has_more_ = false;  // zlib had more to give than there was room for
  std::array<char, std::size_t{16} << 10> piece_{};
};

}  // namespace kprofefe::http
