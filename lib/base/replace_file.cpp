// SPDX-License-Identifier: MIT
#include "base/replace_file.hpp"

#include "base/fd.hpp"
#include "base/file.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace kprofefe {
namespace {

/// Everything but the new name.
bool fill(Fd& file, const struct stat& like, std::string_view bytes) {
  constexpr mode_t k_permissions = 07777;
  // Not ours to give away, mostly; then it is ours afterwards.
  [[maybe_unused]] const int kept =
      ::fchown(file.get(), like.st_uid, like.st_gid);
  return ::fchmod(file.get(), like.st_mode & k_permissions) == 0 &&
         write_all(file.get(), bytes) && ::fsync(file.get()) == 0 &&
         file.close() == 0;
}

/// A file beside the old one takes its name. False: errno has the reason, and
/// all is as it was.
bool put_in_place(const std::string& real, const struct stat& like,
                  std::string_view bytes) {
  std::string partial = fmt::format("{}.XXXXXX", real);
  Fd file(::mkostemp(partial.data(), O_CLOEXEC));  // mode 0600
  if (!file) {
    return false;
  }
  if (fill(file, like, bytes) &&
      std::rename(partial.c_str(), real.c_str()) == 0) {
    return true;
  }
  const int error = errno;
  ::unlink(partial.c_str());
  errno = error;
  return false;
}

/// Whether a file can have no other beside it that takes its name: it is a
/// mount point of its own, as a kubeconfig given to a container is, or its
/// folder is not ours.
bool is_bound_to_its_place(int error) {
  return error == EBUSY || error == EXDEV || error == EACCES ||
         error == EPERM || error == EROFS;
}

/// The bytes come before the old end is cut off: what is cut short by a full
/// disk is as long as it was.
bool overwrite(const std::string& real, std::string_view bytes) {
  Fd file(::open(real.c_str(), O_WRONLY | O_CLOEXEC));
  return file && write_all(file.get(), bytes) &&
         ::ftruncate(file.get(), static_cast<off_t>(bytes.size())) == 0 &&
         ::fsync(file.get()) == 0 && file.close() == 0;
}

}  // namespace

Result<void> replace_file(const std::string& path, std::string_view bytes) {
  const std::unique_ptr<char, decltype(&std::free)> real(
      ::realpath(path.c_str(), nullptr), &std::free);
  struct stat status{};
  if (!real || ::stat(real.get(), &status) != 0) {
    return write_error(path);
  }
  if (put_in_place(real.get(), status, bytes) ||
      (is_bound_to_its_place(errno) && overwrite(real.get(), bytes))) {
    return {};
  }
  return write_error(path);
}

}  // namespace kprofefe
