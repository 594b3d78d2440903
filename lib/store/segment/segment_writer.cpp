// SPDX-License-Identifier: MIT
#include "store/segment/segment_writer.hpp"

#include "store/segment/folder.hpp"
#include "store/segment/io_error.hpp"

#include <climits>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>

namespace kprofefe::store {
namespace {

constexpr mode_t k_all_may = 0666;  // less the umask

/// Pieces that are written step by step, as far as the kernel takes them.
class Pieces {
 public:
  explicit Pieces(std::span<const std::string_view> pieces) : rest_(pieces) {
    skip(0);
  }

  [[nodiscard]] bool empty() const { return rest_.empty(); }

  /// What pwritev(2) takes next.
  std::span<const iovec> vectors() {
    const std::size_t count = std::min(rest_.size(), vectors_.size());
    for (std::size_t i = 0; i < count; ++i) {
      const std::string_view piece = rest_[i].substr(i == 0 ? done_ : 0);
      // It is only read from.
      // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast)
      vectors_[i] = {.iov_base = const_cast<char*>(piece.data()),
                     .iov_len = piece.size()};
    }
    return {vectors_.data(), count};
  }

  void skip(std::size_t bytes) {
    done_ += bytes;
    while (!rest_.empty() && done_ >= rest_.front().size()) {
      done_ -= rest_.front().size();
      rest_ = rest_.subspan(1);
    }
  }

 private:
  std::span<const std::string_view> rest_;
  std::size_t done_ = 0;  ///< bytes of the first one
  std::array<iovec, IOV_MAX> vectors_{};
};

}  // namespace

Result<SegmentWriter> SegmentWriter::create(const std::string& folder,
                                            std::uint32_t number) {
  std::string path = segment_path(folder, number);
  Fd fd(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, k_all_may));
  if (!fd) {
    return io_error("create", path);
  }
  TRY(sync_folder(folder));
  return SegmentWriter(std::move(fd), std::move(path), number, 0);
}

Result<SegmentWriter> SegmentWriter::open(const std::string& folder,
                                          std::uint32_t number) {
  std::string path = segment_path(folder, number);
  Fd fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  struct stat about{};
  if (!fd || ::fstat(fd.get(), &about) != 0) {
    return io_error("open", path);
  }
  return SegmentWriter(std::move(fd), std::move(path), number,
                       static_cast<std::uint64_t>(about.st_size));
}

Result<void> SegmentWriter::append(std::span<const std::string_view> pieces) {
  const std::uint64_t before = size_;
  Result<void> written = write(pieces);
  if (!written) {
    cut(before);
  } else if (::fdatasync(fd_.get()) != 0) {
    written = io_error("sync", path_);
    cut(before);
    // The kernel may believe that it has written what it has not.
    is_usable_ = false;
  }
  return written;
}

Result<void> SegmentWriter::write(std::span<const std::string_view> pieces) {
  Pieces rest(pieces);
  while (!rest.empty()) {
    const auto vectors = rest.vectors();
    const ssize_t count =
        ::pwritev(fd_.get(), vectors.data(), static_cast<int>(vectors.size()),
                  static_cast<off_t>(size_));
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count <= 0) {
      return io_error("write", path_);
    }
    size_ += static_cast<std::uint64_t>(count);
    rest.skip(static_cast<std::size_t>(count));
  }
  return {};
}

void SegmentWriter::cut(std::uint64_t size) {
  size_ = size;
  if (::ftruncate(fd_.get(), static_cast<off_t>(size)) != 0) {
    is_usable_ = false;
  }
}

}  // namespace kprofefe::store
