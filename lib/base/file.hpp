// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <string>

namespace kprofefe {

/// The whole file's bytes. Errors: io (names the path and the reason), also
/// when it is larger than `max_bytes`; not_found when there is no such file.
Result<std::string> read_file(const std::string& path,
                              std::size_t max_bytes = std::size_t{64} << 20);

/// Everything from an open descriptor until its end, e.g. standard input;
/// `name` is for the error text. Errors: io.
Result<std::string> read_all(int fd, const std::string& name,
                             std::size_t max_bytes);

/// The text of an errno value in lower case, as error messages want it:
/// `no such file or directory`.
std::string errno_text(int error);

}  // namespace kprofefe
