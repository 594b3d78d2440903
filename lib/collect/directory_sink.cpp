// SPDX-License-Identifier: MIT
#include "collect/directory_sink.hpp"

#include "base/fd.hpp"
#include "base/file.hpp"
#include "base/moment.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

namespace kprofefe::collect {
namespace {

/// More files of one name than this, made within one second, is no accident.
constexpr int k_max_copies = 1000;

std::unexpected<Error> io_error(std::string_view doing, std::string_view name) {
  return fail(ErrorKind::io,
              fmt::format("{} {}: {}", doing, name, errno_text(errno)));
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

class DirectorySink final : public Sink {
 public:
  DirectorySink(std::string path, Fd folder)
      : path_(std::move(path)), folder_(std::move(folder)) {}

  async::Task<Result<std::string>> deliver(FetchedProfile profile) override {
    co_return store(profile);
  }

 private:
  Result<std::string> store(const FetchedProfile& profile) {
    // Hidden, and of this process alone, until it is complete.
    const std::string partial =
        fmt::format(".{}.{}.{}.partial", profile_file_name(profile, 0),
                    ::getpid(), ++partials_);
    Result<std::string> stored = write_partial(partial, profile.bytes);
    if (stored) {
      stored = give_name(partial, profile);
    }
    if (!stored) {
      ::unlinkat(folder_.get(), partial.c_str(), 0);
    }
    return stored;
  }

  Result<std::string> write_partial(const std::string& name,
                                    std::string_view bytes) {
    constexpr mode_t k_private = 0600;
    Fd file(::openat(folder_.get(), name.c_str(),
                     O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                     k_private));
    if (!file) {
      return io_error("create a file in", path_);
    }
    if (!write_all(file.get(), bytes) || file.close() != 0) {
      return io_error("write a profile into", path_);
    }
    return name;
  }

  Result<std::string> give_name(const std::string& partial,
                                const FetchedProfile& profile) {
    for (int copy = 0; copy < k_max_copies; ++copy) {
      const std::string name = profile_file_name(profile, copy);
      if (rename_new(folder_.get(), partial.c_str(), name.c_str())) {
        return path_ + "/" + name;
      }
      if (errno != EEXIST) {
        return io_error("name a profile in", path_);
      }
    }
    errno = EEXIST;
    return io_error("name a profile in", path_);
  }

  std::string path_;
  Fd folder_;
  unsigned partials_ = 0;
};

}  // namespace

std::string profile_file_name(const FetchedProfile& profile, int copy) {
  const bool trace = profile.kind == pprof::ProfileKind::trace;
  return fmt::format(
      "profile-{}-{}_{}-{}{}{}", pprof::kind_name(profile.kind),
      profile.target->ns, profile.target->pod, unix_seconds(profile.taken_at),
      copy == 0 ? "" : fmt::format("-{}", copy), trace ? ".trace" : ".pb.gz");
}

Result<std::unique_ptr<Sink>> open_directory_sink(std::string directory) {
  Fd folder(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder) {
    const bool missing = errno == ENOENT;
    return fail(ErrorKind::io, fmt::format("--output-dir {}: {}{}", directory,
                                           errno_text(errno),
                                           missing ? "; create it first" : ""));
  }
  if (::faccessat(folder.get(), ".", W_OK | X_OK, AT_EACCESS) != 0) {
    return fail(ErrorKind::io, fmt::format("--output-dir {}: not writable: {}",
                                           directory, errno_text(errno)));
  }
  while (directory.size() > 1 && directory.ends_with('/')) {
    directory.pop_back();
  }
  return std::make_unique<DirectorySink>(std::move(directory),
                                         std::move(folder));
}

}  // namespace kprofefe::collect
