// SPDX-License-Identifier: MIT
#include "collect/directory_sink.hpp"

#include "base/fd.hpp"
#include "base/file.hpp"
#include "collect/profile_file_name.hpp"
#include "collect/unnamed_file.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <utility>

namespace kprofefe::collect {
namespace {

/// More files of one name than this, made within one second, is no accident.
constexpr int k_max_copies = 1000;

std::unexpected<Error> io_error(std::string_view doing, std::string_view name) {
  const std::string why =
      errno == ENOENT ? "the directory has been removed" : errno_text(errno);
  return fail(ErrorKind::io, fmt::format("{} {}: {}", doing, name, why));
}

/// Of a file in the folder.
std::size_t longest_name(int folder) {
  const long bytes = ::fpathconf(folder, _PC_NAME_MAX);
  return bytes > 0 ? std::min(static_cast<std::size_t>(bytes), k_max_name_bytes)
                   : k_max_name_bytes;
}

class DirectorySink final : public Sink {
 public:
  DirectorySink(std::string path, Fd folder, DirectoryOptions options)
      : path_(std::move(path)),
        folder_(std::move(folder)),
        options_(options),
        max_name_bytes_(longest_name(folder_.get())) {}

  async::Task<Result<std::string>> deliver(FetchedProfile profile) override {
    Result<std::string> path = store(profile);
    if (const Result<void> synced = sync_folder(); path && !synced) {
      path = std::unexpected(synced.error());
    }
    co_return path;
  }

 private:
  using Kind = UnnamedFile::Kind;

  /// Files of the first kind are not to be had on every file system; whatever
  /// was wrong, the other kind gets it stored or says it in plain words.
  Result<std::string> store(const FetchedProfile& profile) {
    if (kind_ == Kind::anonymous) {
      Result<std::string> stored = store_as(Kind::anonymous, profile);
      if (stored) {
        return stored;
      }
    }
    Result<std::string> stored = store_as(Kind::hidden, profile);
    if (stored) {
      kind_ = Kind::hidden;
    }
    return stored;
  }

  Result<std::string> store_as(Kind kind, const FetchedProfile& profile) {
    auto file = UnnamedFile::create(folder_.get(), kind);
    if (!file) {
      return io_error("create a file in", path_);
    }
    if (!write_all(file->fd(), profile.bytes) || !file->flush()) {
      return io_error("write a profile to", path_);
    }
    if (options_.fsync && ::fsync(file->fd()) != 0) {
      return io_error("sync a profile in", path_);
    }
    return give_name(*file, profile);
  }

  Result<std::string> give_name(UnnamedFile& file,
                                const FetchedProfile& profile) {
    for (int copy = 0; copy < k_max_copies; ++copy) {
      const std::string name =
          profile_file_name(profile, copy, max_name_bytes_);
      if (file.give_name(name)) {
        return path_ == "." ? name : path_ + "/" + name;
      }
      if (errno != EEXIST) {
        return io_error("create a profile in", path_);
      }
    }
    errno = EEXIST;
    return io_error("create a profile in", path_);
  }

  /// The name is in the folder, not in the file.
  Result<void> sync_folder() {
    // EINVAL: a file system that has nothing to do for that.
    if (options_.fsync && ::fsync(folder_.get()) != 0 && errno != EINVAL) {
      return io_error("sync the directory", path_);
    }
    return {};
  }

  std::string path_;
  Fd folder_;
  DirectoryOptions options_;
  std::size_t max_name_bytes_;
  Kind kind_ = Kind::anonymous;
};

}  // namespace

Result<std::unique_ptr<Sink>> open_directory_sink(std::string directory,
                                                  DirectoryOptions options) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  Fd folder(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder) {
    return fail(ErrorKind::io,
                fmt::format("--output-dir {}: {}", directory,
                            error ? error.message() : errno_text(errno)));
  }
  if (::faccessat(folder.get(), ".", W_OK | X_OK, AT_EACCESS) != 0) {
    return fail(ErrorKind::io, fmt::format("--output-dir {}: not writable: {}",
                                           directory, errno_text(errno)));
  }
  remove_leftovers(folder.get());
  while (directory.size() > 1 && directory.ends_with('/')) {
    directory.pop_back();
  }
  return std::make_unique<DirectorySink>(std::move(directory),
                                         std::move(folder), options);
}

}  // namespace kprofefe::collect
