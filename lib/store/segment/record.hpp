// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "store/segment/metadata.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kprofefe::store {

// A segment is records, one after the other, and nothing else:
//
//   record = header metadata body
//   header = magic           4 bytes, 89 4B 50 01
//            metadata length u32
//            body length     u32
//            metadata CRC    u32
//            body CRC        u32
//            header CRC      u32  of the 20 bytes before it and of the
//                                 record's offset in the segment, u64
//
// Numbers are little-endian, a CRC is that of gzip. The offset keeps a body
// that holds a segment from being read as records of this one.

inline constexpr std::string_view k_magic{"\x89KP\x01", 4};
inline constexpr std::size_t k_header_bytes = 24;
inline constexpr std::size_t k_max_metadata_bytes = std::size_t{1} << 20;
inline constexpr std::size_t k_max_body_bytes = std::size_t{1} << 30;

struct Header {
  std::uint32_t metadata_bytes = 0;
  std::uint32_t body_bytes = 0;
  std::uint32_t metadata_crc = 0;
  std::uint32_t body_crc = 0;

  /// Of the whole record.
  [[nodiscard]] std::uint64_t record_bytes() const {
    return k_header_bytes + std::uint64_t{metadata_bytes} + body_bytes;
  }

  bool operator==(const Header&) const = default;
};

std::uint32_t crc_of(std::string_view bytes, std::uint32_t before = 0);

std::string encode_header(const Header& header, std::uint64_t offset);

/// Nothing when these bytes do not begin a record at that offset.
std::optional<Header> decode_header(std::string_view bytes,
                                    std::uint64_t offset);

/// What stands before the body. Errors: malformed (too long to be kept).
Result<std::string> encode_record_start(const Metadata& metadata,
                                        std::string_view body,
                                        std::uint64_t offset);

}  // namespace kprofefe::store
