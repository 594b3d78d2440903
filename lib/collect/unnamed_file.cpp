// SPDX-License-Identifier: MIT
#include "collect/unnamed_file.hpp"

#include <fmt/format.h>

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <string_view>
#include <utility>

namespace kprofefe::collect {
namespace {

constexpr std::string_view k_prefix = ".profefe-";
constexpr std::string_view k_suffix = ".partial";
constexpr mode_t k_private = 0600;

/// More hidden files of one process number than this are no accident.
constexpr int k_max_hidden = 1000;

bool lock(int file, int how) {
  int outcome = 0;
  do {
    outcome = ::flock(file, how);
  } while (outcome != 0 && errno == EINTR);
  return outcome == 0;
}

/// Whether the file still has a name.
bool is_named(int file) {
  struct stat about{};
  return ::fstat(file, &about) == 0 && about.st_nlink > 0;
}

/// Gives the file `from` the name `to` unless that is taken (EEXIST).
bool rename_new(int folder, const char* from, const char* to) {
  if (::renameat2(folder, from, folder, to, RENAME_NOREPLACE) == 0) {
    return true;
  }
  if (errno != EINVAL && errno != ENOSYS) {
    return false;
  }
  // Some file systems (NFS) know only links.
  if (::linkat(folder, from, folder, to, 0) != 0) {
    return false;
  }
  ::unlinkat(folder, from, 0);
  return true;
}

/// The name's file if it is ours to remove; nothing to open otherwise.
Fd open_own(int folder, const char* name) {
  Fd file(::openat(folder, name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat about{};
  const bool is_own = file && ::fstat(file.get(), &about) == 0 &&
                      S_ISREG(about.st_mode) && about.st_uid == ::geteuid();
  return is_own ? std::move(file) : Fd();
}

void remove_if_left(int folder, const char* name) {
  const Fd file = open_own(folder, name);
  // With the lock and a name it can be nobody else's any more.
  if (file && lock(file.get(), LOCK_EX | LOCK_NB) && is_named(file.get())) {
    ::unlinkat(folder, name, 0);
  }
}

}  // namespace

UnnamedFile::UnnamedFile(int folder, Fd file, std::string hidden_name)
    : folder_(folder),
      file_(std::move(file)),
      hidden_name_(std::move(hidden_name)) {}

UnnamedFile::UnnamedFile(UnnamedFile&& other) noexcept
    : folder_(other.folder_),
      file_(std::move(other.file_)),
      hidden_name_(std::exchange(other.hidden_name_, {})) {}

UnnamedFile::~UnnamedFile() {
  if (!hidden_name_.empty()) {
    ::unlinkat(folder_, hidden_name_.c_str(), 0);
  }
}

std::optional<UnnamedFile> UnnamedFile::create(int folder, Kind kind) {
  if (kind == Kind::anonymous) {
    Fd file(::openat(folder, ".", O_WRONLY | O_TMPFILE | O_CLOEXEC, k_private));
    return file ? std::optional(UnnamedFile(folder, std::move(file), {}))
                : std::nullopt;
  }
  for (int number = 0; number < k_max_hidden; ++number) {
    std::string name =
        fmt::format("{}{}-{}{}", k_prefix, ::getpid(), number, k_suffix);
    Fd file(::openat(folder, name.c_str(),
                     O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                     k_private));
    if (!file && errno != EEXIST) {
      return std::nullopt;
    }
    // Where there are no locks nobody can take it for a leftover, either.
    if (file && (!lock(file.get(), LOCK_EX) || is_named(file.get()))) {
      return UnnamedFile(folder, std::move(file), std::move(name));
    }
  }
  errno = EEXIST;
  return std::nullopt;
}

bool UnnamedFile::flush() const {
  const int copy = ::dup(file_.get());
  return copy >= 0 && ::close(copy) == 0;
}

bool UnnamedFile::give_name(const std::string& name) {
  if (hidden_name_.empty()) {
    const std::string self = fmt::format("/proc/self/fd/{}", file_.get());
    return ::linkat(AT_FDCWD, self.c_str(), folder_, name.c_str(),
                    AT_SYMLINK_FOLLOW) == 0;
  }
  if (!rename_new(folder_, hidden_name_.c_str(), name.c_str())) {
    return false;
  }
  hidden_name_.clear();
  return true;
}

void remove_leftovers(int folder) {
  // Opened anew: a copy of the descriptor would share its position.
  Fd again(::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!again) {
    return;
  }
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(::fdopendir(again.get()),
                                                    ::closedir);
  if (!entries) {
    return;
  }
  again.release();  // closedir() closes it
  while (const dirent* const entry = ::readdir(entries.get())) {
    const std::string_view name = std::data(entry->d_name);
    if (name.starts_with(k_prefix) && name.ends_with(k_suffix)) {
      remove_if_left(folder, std::data(entry->d_name));
    }
  }
}

}  // namespace kprofefe::collect
