// SPDX-License-Identifier: MIT
#include "base/writable.hpp"

#include "base/file.hpp"

#include <fmt/format.h>

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

namespace kprofefe {
namespace {

Result<void> check_special(const std::string& path, mode_t mode) {
  if (S_ISDIR(mode)) {
    errno = EISDIR;
    return write_error(path);
  }
  return ::access(path.c_str(), W_OK) == 0 ? Result<void>() : write_error(path);
}

}  // namespace

Result<void> check_writable(const std::string& path) {
  struct stat about{};
  if (::stat(path.c_str(), &about) == 0 && !S_ISREG(about.st_mode)) {
    return check_special(path, about.st_mode);
  }
  // A file is made beside the old one, so it is the folder that counts.
  std::string folder = std::filesystem::path(path).parent_path().string();
  if (folder.empty()) {
    folder = ".";
  }
  // With the slash it has to be one.
  if (::access((folder + "/").c_str(), W_OK | X_OK) != 0) {
    return fail(ErrorKind::io, fmt::format("write {}: directory {}: {}", path,
                                           folder, errno_text(errno)));
  }
  return {};
}

}  // namespace kprofefe
