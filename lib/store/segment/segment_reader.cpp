// SPDX-License-Identifier: MIT
#include "store/segment/segment_reader.hpp"

#include "store/segment/io_error.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <string_view>

namespace kprofefe::store {

Result<SegmentReader> SegmentReader::open(const std::string& path) {
  Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat about{};
  if (!fd || ::fstat(fd.get(), &about) != 0) {
    return io_error("open", path);
  }
  return SegmentReader(std::move(fd), path,
                       static_cast<std::uint64_t>(about.st_size));
}

Result<std::size_t> SegmentReader::read(std::uint64_t offset,
                                        std::span<char> bytes) const {
  std::size_t got = 0;
  while (got < bytes.size()) {
    const ssize_t count =
        ::pread(fd_.get(), bytes.data() + got, bytes.size() - got,
                static_cast<off_t>(offset + got));
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count < 0) {
      return io_error("read", path_);
    }
    if (count == 0) {
      break;
    }
    got += static_cast<std::size_t>(count);
  }
  return got;
}

Result<std::string> SegmentReader::read_whole(std::uint64_t offset,
                                              std::size_t size) const {
  std::string bytes(size, '\0');
  TRY_ASSIGN(const std::size_t got, read(offset, bytes));
  if (got < size) {
    return damaged(offset);
  }
  return bytes;
}

Result<Record> SegmentReader::read_record(std::uint64_t offset) const {
  TRY_ASSIGN(const std::string start, read_whole(offset, k_header_bytes));
  const std::optional<Header> header = decode_header(start, offset);
  if (!header || offset + header->record_bytes() > size_) {
    return damaged(offset);
  }
  offset += k_header_bytes;
  TRY_ASSIGN(const std::string encoded,
             read_whole(offset, header->metadata_bytes));
  Result<Metadata> metadata = decode_metadata(encoded);
  if (crc_of(encoded) != header->metadata_crc || !metadata) {
    return damaged(offset);
  }
  offset += header->metadata_bytes;
  TRY_ASSIGN(std::string body, read_whole(offset, header->body_bytes));
  if (crc_of(body) != header->body_crc) {
    return damaged(offset);
  }
  return Record{.metadata = *std::move(metadata), .body = std::move(body)};
}

std::unexpected<Error> SegmentReader::damaged(std::uint64_t offset) const {
  return fail(ErrorKind::malformed,
              fmt::format("read {}: damaged near byte {}", path_, offset));
}

}  // namespace kprofefe::store
