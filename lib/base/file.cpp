// SPDX-License-Identifier: MIT
#include "base/file.hpp"

#include "base/fd.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <system_error>

namespace kprofefe {
namespace {

constexpr mode_t k_all_may = 0666;  // less the umask

/// A device, a pipe: what cannot be replaced by a file.
bool is_special(const std::string& path) {
  struct stat about{};
  return ::stat(path.c_str(), &about) == 0 && !S_ISREG(about.st_mode);
}

/// How much to make room for; 0 when it cannot be told, as of a pipe.
std::size_t expected_size(int fd) {
  constexpr std::size_t k_believed = std::size_t{64} << 20;
  struct stat about{};
  const bool is_file = ::fstat(fd, &about) == 0 && S_ISREG(about.st_mode);
  return is_file ? std::min(static_cast<std::size_t>(about.st_size), k_believed)
                 : 0;
}

/// False: errno has the reason, whatever the producer did after it.
bool write_pieces(int fd, const Producer& produce) {
  int error = 0;
  const bool is_whole = produce([&](std::string_view bytes) {
    const bool is_written = write_all(fd, bytes);
    error = is_written ? 0 : errno;
    return is_written;
  });
  errno = error;
  return is_whole;
}

Result<void> write_special(const std::string& path, const Producer& produce) {
  Fd fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!fd || !write_pieces(fd.get(), produce) || fd.close() != 0) {
    return write_error(path);
  }
  return {};
}

/// The file that is going to be `path`, beside the old one. It has no name
/// until it is whole, so that whoever ends us leaves nothing behind; where a
/// file system has no such files, or no /proc is there to name them by, it has
/// one that goes with this object.
class PartialFile {
 public:
  explicit PartialFile(const std::string& path)
      : path_(path), name_(fmt::format("{}.{}.partial", path, ::getpid())) {
    const auto slash = path.rfind('/');
    const std::string folder =
        slash == std::string::npos ? "." : path.substr(0, slash + 1);
    fd_ =
        Fd(::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, k_all_may));
    is_nameless_ = fd_ && ::access(link().c_str(), F_OK) == 0;
    if (!is_nameless_) {
      fd_ = Fd(::open(name_.c_str(),
                      O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                      k_all_may));
      has_name_ = static_cast<bool>(fd_);
    }
  }

  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;

  ~PartialFile() {
    if (has_name_) {
      const int error = errno;
      ::unlink(name_.c_str());
      errno = error;
    }
  }

  explicit operator bool() const { return static_cast<bool>(fd_); }

  [[nodiscard]] int fd() const { return fd_.get(); }

  /// False: errno has the reason.
  bool take_name() {
    if (is_nameless_) {
      has_name_ = ::linkat(AT_FDCWD, link().c_str(), AT_FDCWD, name_.c_str(),
                           AT_SYMLINK_FOLLOW) == 0;
    }
    if (!has_name_ || fd_.close() != 0 ||
        std::rename(name_.c_str(), path_.c_str()) != 0) {
      return false;
    }
    has_name_ = false;
    return true;
  }

 private:
  [[nodiscard]] std::string link() const {
    return fmt::format("/proc/self/fd/{}", fd_.get());
  }

  std::string path_;
  std::string name_;
  Fd fd_;
  bool is_nameless_ = false;
  bool has_name_ = false;
};

Result<Fd> open_to_read(const std::string& path) {
  Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd) {
    const auto kind = errno == ENOENT ? ErrorKind::not_found : ErrorKind::io;
    return fail(kind, fmt::format("open {}: {}", path, errno_text(errno)));
  }
  return fd;
}

/// To the end, or until the sink takes no more. Errors: io.
Result<void> read_pieces(int fd, const std::string& name, const Sink& sink) {
  std::array<char, 65536> buffer{};
  for (;;) {
    const ssize_t count = ::read(fd, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count < 0) {
      return fail(ErrorKind::io,
                  fmt::format("read {}: {}", name, errno_text(errno)));
    }
    if (count == 0 || !sink({buffer.data(), static_cast<std::size_t>(count)})) {
      return {};
    }
  }
}

}  // namespace

std::string errno_text(int error) {
  std::string text = std::generic_category().message(error);
  if (!text.empty() && text.front() >= 'A' && text.front() <= 'Z') {
    text.front() = static_cast<char>(text.front() - 'A' + 'a');
  }
  return text;
}

std::unexpected<Error> write_error(const std::string& path) {
  return fail(ErrorKind::io,
              fmt::format("write {}: {}", path, errno_text(errno)));
}

Result<std::string> read_all(int fd, const std::string& name,
                             std::size_t max_bytes) {
  std::string bytes;
  bytes.reserve(std::min(expected_size(fd), max_bytes));
  TRY(read_pieces(fd, name, [&](std::string_view piece) {
    bytes += piece;
    return bytes.size() <= max_bytes;
  }));
  if (bytes.size() > max_bytes) {
    return fail(ErrorKind::io,
                fmt::format("read {}: larger than {} bytes", name, max_bytes));
  }
  return bytes;
}

Result<std::string> read_file(const std::string& path, std::size_t max_bytes) {
  TRY_ASSIGN(const Fd fd, open_to_read(path));
  return read_all(fd.get(), path, max_bytes);
}

Result<void> read_file(const std::string& path, const Sink& sink) {
  TRY_ASSIGN(const Fd fd, open_to_read(path));
  return read_pieces(fd.get(), path, sink);
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(fd, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

Result<void> write_file(const std::string& path, std::string_view bytes) {
  return write_file(path, [&](const Sink& sink) { return sink(bytes); });
}

Result<void> write_file(const std::string& path, const Producer& produce) {
  if (is_special(path)) {
    return write_special(path, produce);
  }
  PartialFile partial(path);
  if (!partial || !write_pieces(partial.fd(), produce) ||
      !partial.take_name()) {
    return write_error(path);
  }
  return {};
}

}  // namespace kprofefe
