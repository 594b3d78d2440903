// SPDX-License-Identifier: MIT
#include "store/segment/scanner.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace kprofefe::store {
namespace {

constexpr std::size_t k_piece_bytes = std::size_t{256} << 10;

}  // namespace

Scanner::Scanner(ReadAt read, std::uint64_t size, std::uint64_t from)
    : read_(std::move(read)), size_(size), at_(from) {}

Result<std::optional<Scanned>> Scanner::next() {
  if (at_ >= size_) {
    return std::nullopt;
  }
  TRY_ASSIGN(Attempt found, attempt(at_));
  const std::uint64_t begin = at_;
  if (auto* const record = std::get_if<ScannedRecord>(&found)) {
    at_ = record->end;
    return std::move(*record);
  }
  TRY_ASSIGN(at_, find_record(begin + 1));
  return DamagedBytes{.begin = begin,
                      .end = at_,
                      .what = std::string(std::get<std::string_view>(found))};
}

Result<Scanner::Attempt> Scanner::attempt(std::uint64_t offset) {
  TRY_ASSIGN(const std::string_view start, load(offset, k_header_bytes));
  const std::optional<Header> header = decode_header(start, offset);
  if (!header) {
    return start.size() < k_header_bytes ? "a record is cut off"
                                         : "no record begins here";
  }
  const std::uint64_t end = offset + header->record_bytes();
  if (end > size_) {
    return "a record is cut off";
  }
  const std::uint64_t metadata_at = offset + k_header_bytes;
  const std::size_t metadata_bytes = header->metadata_bytes;
  std::string encoded(metadata_bytes, '\0');
  TRY_ASSIGN(const std::size_t got, read_(metadata_at, encoded));
  Result<Metadata> metadata = decode_metadata(encoded);
  if (got < metadata_bytes || crc_of(encoded) != header->metadata_crc ||
      !metadata) {
    return "the metadata do not match their checksum";
  }
  TRY_ASSIGN(const std::uint32_t crc,
             crc_of_body(metadata_at + metadata_bytes, header->body_bytes));
  if (crc != header->body_crc) {
    return "the body does not match its checksum";
  }
  return ScannedRecord{.offset = offset,
                       .metadata = *std::move(metadata),
                       .body_bytes = header->body_bytes,
                       .end = end};
}

Result<std::uint64_t> Scanner::find_record(std::uint64_t from) {
  while (from < size_) {
    TRY_ASSIGN(const std::string_view piece, load(from, k_piece_bytes));
    const std::size_t magic = piece.find(k_magic);
    if (magic == std::string_view::npos) {
      // The first bytes of a magic may be the last ones of the piece.
      from += std::max(piece.size(), k_magic.size()) - k_magic.size() + 1;
      continue;
    }
    from += magic;
    TRY_ASSIGN(const Attempt found, attempt(from));
    if (std::holds_alternative<ScannedRecord>(found)) {
      return from;
    }
    ++from;
  }
  return size_;
}

Result<std::string_view> Scanner::load(std::uint64_t offset,
                                       std::uint64_t size) {
  buffer_.resize(std::min<std::uint64_t>(size, k_piece_bytes));
  TRY_ASSIGN(const std::size_t got, read_(offset, buffer_));
  return std::string_view(buffer_).substr(0, got);
}

Result<std::uint32_t> Scanner::crc_of_body(std::uint64_t offset,
                                           std::uint64_t size) {
  std::uint32_t crc = 0;
  while (size > 0) {
    TRY_ASSIGN(const std::string_view piece, load(offset, size));
    if (piece.empty()) {
      break;  // somebody has cut the file meanwhile
    }
    crc = crc_of(piece, crc);
    offset += piece.size();
    size -= piece.size();
  }
  return crc;
}

}  // namespace kprofefe::store
