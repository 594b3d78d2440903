// SPDX-License-Identifier: MIT
#pragma once

#include "base/fd.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace kprofefe::store {

/// Appends to one segment.
class SegmentWriter {
 public:
  /// A new one that is there after a loss of power. Errors: io.
  static Result<SegmentWriter> create(const std::string& folder,
                                      std::uint32_t number);

  /// Goes on at the end of one. Errors: io.
  static Result<SegmentWriter> open(const std::string& folder,
                                    std::uint32_t number);

  [[nodiscard]] std::uint32_t number() const { return number_; }

  [[nodiscard]] std::uint64_t size() const { return size_; }

  /// False: what is at its end is not known; begin another one.
  [[nodiscard]] bool is_usable() const { return is_usable_; }

  /// All of the pieces, so that they survive a loss of power; else none of
  /// them. Errors: io.
  Result<void> append(std::span<const std::string_view> pieces);

  /// Takes back what was appended beyond that size.
  void cut(std::uint64_t size);

 private:
  SegmentWriter(Fd fd, std::string path, std::uint32_t number,
                std::uint64_t size)
      : fd_(std::move(fd)),
        path_(std::move(path)),
        number_(number),
        size_(size) {}

  Result<void> write(std::span<const std::string_view> pieces);

  Fd fd_;
  std::string path_;
  std::uint32_t number_ = 0;
  std::uint64_t size_ = 0;
  bool is_usable_ = true;
};

}  // namespace kprofefe::store
