// SPDX-License-Identifier: MIT
#include "store/window/folder_lock.hpp"

#include "store/segment/io_error.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

namespace kprofefe::store {

Result<Fd> lock_folder(const std::string& folder) {
  constexpr mode_t k_all_may = 0666;  // less the umask
  const std::string path = folder + "/lock";
  Fd lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, k_all_may));
  if (!lock) {
    return io_error("open", path);
  }
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) == 0) {
    return lock;
  }
  if (errno != EWOULDBLOCK) {
    return io_error("lock", path);
  }
  return fail(ErrorKind::usage,
              fmt::format("open {}: another process uses this folder; stop it, "
                          "or name another folder",
                          folder));
}

}  // namespace kprofefe::store
