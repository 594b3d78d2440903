// SPDX-License-Identifier: MIT
#include "store/segment/io_error.hpp"

#include "base/file.hpp"

#include <fmt/format.h>

#include <cerrno>

namespace kprofefe::store {

std::unexpected<Error> io_error(std::string_view action,
                                const std::string& path) {
  const int error = errno;
  // EFBIG: a limit on the size of files is a disk that is full.
  const bool is_full = error == ENOSPC || error == EDQUOT || error == EFBIG;
  return std::unexpected(Error{
      .kind = ErrorKind::io,
      .message = fmt::format("{} {}: {}", action, path, errno_text(error)),
      .detail = is_full ? k_disk_full : ErrorDetail::none});
}

}  // namespace kprofefe::store
