// SPDX-License-Identifier: MIT
#pragma once

#include <unistd.h>

#include <utility>

namespace kprofefe {

/// Owns one file descriptor and closes it; -1 owns nothing.
class Fd {
 public:
  Fd() = default;

  explicit Fd(int fd) : fd_(fd) {}

  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

  Fd& operator=(Fd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }

  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;

  ~Fd() { close(); }

  explicit operator bool() const { return fd_ >= 0; }

  [[nodiscard]] int get() const { return fd_; }

  /// Gives it away: the caller closes it. -1 when there is none.
  int release() { return std::exchange(fd_, -1); }

  /// Closes now. Returns what close(2) returned: some file systems report a
  /// full disk only here.
  int close() { return fd_ < 0 ? 0 : ::close(std::exchange(fd_, -1)); }

 private:
  int fd_ = -1;
};

}  // namespace kprofefe
