// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace kprofefe {

/// Takes bytes, piece by piece; false: it takes no more.
using Sink = std::function<bool(std::string_view)>;

/// The whole file's bytes. Errors: io (names the path and the reason), also
/// when it is larger than `max_bytes`; not_found when there is no such file.
Result<std::string> read_file(const std::string& path,
                              std::size_t max_bytes = std::size_t{64} << 20);

/// The same piece by piece, of a file that may be more than memory holds.
Result<void> read_file(const std::string& path, const Sink& sink);

/// Everything from an open descriptor until its end, e.g. standard input;
/// `name` is for the error text. Errors: io.
Result<std::string> read_all(int fd, const std::string& name,
                             std::size_t max_bytes);

/// All the bytes to an open descriptor; false: errno has the reason.
bool write_all(int fd, std::string_view bytes);

/// Makes `path` hold these bytes: complete, or it stays as it was. A new file
/// has the permissions that the umask leaves; a device or a pipe is written
/// to. Errors: io.
Result<void> write_file(const std::string& path, std::string_view bytes);

/// Makes bytes and hands them to the sink; false as soon as that is.
using Producer = std::function<bool(const Sink&)>;

/// The same for bytes that are made while they are written and may be more
/// than memory holds.
Result<void> write_file(const std::string& path, const Producer& produce);

/// What errno says about writing to the path (io).
std::unexpected<Error> write_error(const std::string& path);

/// The text of an errno value in lower case, as error messages want it:
/// `no such file or directory`.
std::string errno_text(int error);

}  // namespace kprofefe
