// SPDX-License-Identifier: MIT
#include "store/segment/record.hpp"

#include "store/segment/little_endian.hpp"

#include <fmt/format.h>

#include <libdeflate.h>

namespace kprofefe::store {
namespace {

constexpr std::size_t k_crc_offset = k_header_bytes - sizeof(std::uint32_t);

std::uint32_t header_crc(std::string_view fields, std::uint64_t offset) {
  std::string position;
  append_little_endian(position, offset);
  return crc_of(position, crc_of(fields));
}

}  // namespace

std::uint32_t crc_of(std::string_view bytes, std::uint32_t before) {
  // Null means the beginning to libdeflate, whatever came before.
  return bytes.empty() ? before
                       : libdeflate_crc32(before, bytes.data(), bytes.size());
}

std::string encode_header(const Header& header, std::uint64_t offset) {
  std::string bytes(k_magic);
  append_little_endian(bytes, header.metadata_bytes);
  append_little_endian(bytes, header.body_bytes);
  append_little_endian(bytes, header.metadata_crc);
  append_little_endian(bytes, header.body_crc);
  append_little_endian(bytes, header_crc(bytes, offset));
  return bytes;
}

std::optional<Header> decode_header(std::string_view bytes,
                                    std::uint64_t offset) {
  if (bytes.size() < k_header_bytes || !bytes.starts_with(k_magic)) {
    return std::nullopt;
  }
  const Header header = {
      .metadata_bytes = read_little_endian<std::uint32_t>(bytes, 4),
      .body_bytes = read_little_endian<std::uint32_t>(bytes, 8),
      .metadata_crc = read_little_endian<std::uint32_t>(bytes, 12),
      .body_crc = read_little_endian<std::uint32_t>(bytes, 16)};
  const bool holds = read_little_endian<std::uint32_t>(bytes, k_crc_offset) ==
                         header_crc(bytes.substr(0, k_crc_offset), offset) &&
                     header.metadata_bytes <= k_max_metadata_bytes &&
                     header.body_bytes <= k_max_body_bytes;
  return holds ? std::optional(header) : std::nullopt;
}

Result<std::string> encode_record_start(const Metadata& metadata,
                                        std::string_view body,
                                        std::uint64_t offset) {
  const std::string encoded = encode_metadata(metadata);
  if (encoded.size() > k_max_metadata_bytes || body.size() > k_max_body_bytes) {
    return fail(ErrorKind::malformed,
                fmt::format("profile of {} bytes, with {} bytes of labels and "
                            "totals: too large to be stored",
                            body.size(), encoded.size()));
  }
  const Header header = {
      .metadata_bytes = static_cast<std::uint32_t>(encoded.size()),
      .body_bytes = static_cast<std::uint32_t>(body.size()),
      .metadata_crc = crc_of(encoded),
      .body_crc = crc_of(body)};
  return encode_header(header, offset) + encoded;
}

}  // namespace kprofefe::store
