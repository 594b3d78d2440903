// SPDX-License-Identifier: MIT
#pragma once

#include "base/fd.hpp"
#include "base/result.hpp"
#include "store/segment/record.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>

namespace kprofefe::store {

struct Record {
  Metadata metadata;
  std::string body;
};

/// Reads a segment, to which others may append meanwhile.
class SegmentReader {
 public:
  /// Errors: io.
  static Result<SegmentReader> open(const std::string& path);

  /// Bytes when it was opened.
  [[nodiscard]] std::uint64_t size() const { return size_; }

  /// Fills `bytes` as far as the segment reaches: how many. Errors: io.
  [[nodiscard]] Result<std::size_t> read(std::uint64_t offset,
                                         std::span<char> bytes) const;

  /// Errors: io; malformed, when the record at that offset does not hold up.
  [[nodiscard]] Result<Record> read_record(std::uint64_t offset) const;

 private:
  SegmentReader(Fd fd, std::string path, std::uint64_t size)
      : fd_(std::move(fd)), path_(std::move(path)), size_(size) {}

  [[nodiscard]] Result<std::string> read_whole(std::uint64_t offset,
                                               std::size_t size) const;
  [[nodiscard]] std::unexpected<Error> damaged(std::uint64_t offset) const;

  Fd fd_;
  std::string path_;
  std::uint64_t size_ = 0;
};

}  // namespace kprofefe::store
