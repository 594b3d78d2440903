// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "store/segment/record.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace kprofefe::store {

/// Fills the bytes as far as a segment has them from an offset on: how many.
using ReadAt = std::function<Result<std::size_t>(std::uint64_t offset,
                                                 std::span<char> bytes)>;

/// A record whose checksums hold.
struct ScannedRecord {
  std::uint64_t offset = 0;
  Metadata metadata;
  std::uint64_t body_bytes = 0;
  std::uint64_t end = 0;  ///< where the next one may begin
};

/// Bytes that are no whole record, up to the next one that is.
struct DamagedBytes {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::string what;  ///< `the body does not match its checksum`
};

using Scanned = std::variant<ScannedRecord, DamagedBytes>;

/// Goes through a segment, whatever its bytes are. Keeps 256 KiB and one
/// record's metadata in memory.
class Scanner {
 public:
  Scanner(ReadAt read, std::uint64_t size, std::uint64_t from = 0);

  /// What comes next; nothing at the end. Errors: io.
  Result<std::optional<Scanned>> next();

 private:
  /// The record at an offset, or why there is none.
  using Attempt = std::variant<ScannedRecord, std::string_view>;

  Result<Attempt> attempt(std::uint64_t offset);
  /// Where the next whole record begins, or the end of the segment.
  Result<std::uint64_t> find_record(std::uint64_t from);
  /// As many bytes as there are, up to `size`; valid until the next call.
  Result<std::string_view> load(std::uint64_t offset, std::uint64_t size);
  Result<std::uint32_t> crc_of_body(std::uint64_t offset, std::uint64_t size);

  ReadAt read_;
  std::uint64_t size_;
  std::uint64_t at_;
  std::string buffer_;
};

}  // namespace kprofefe::store
