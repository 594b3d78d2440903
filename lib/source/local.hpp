// SPDX-License-Identifier: MIT
#pragma once

#include "async/task.hpp"
#include "base/file.hpp"
#include "base/result.hpp"
#include "session/session.hpp"
#include "source/loader.hpp"

#include <cstddef>
#include <stop_token>
#include <string>

namespace kprofefe::source {

/// Adds a file. Errors: io, not_found, and as Loader::add().
Result<void> load_file(const std::string& path, Loader& loader);

/// Standard input piece by piece, to its end or until the sink takes no more;
/// other tasks go on meanwhile. Errors: io, cancelled.
async::Task<Result<void>> read_standard_input(std::stop_token stop,
                                              kprofefe::Sink sink);

/// All of standard input; other tasks go on meanwhile. Errors: io (also when it
/// is more than `max_bytes`), cancelled.
async::Task<Result<std::string>> read_standard_input(std::stop_token stop,
                                                     std::size_t max_bytes);

/// Adds standard input, read to its end; other tasks go on meanwhile. Errors:
/// io, cancelled, and as Loader::add(). Both pointers must outlive the task.
async::Task<Result<void>> load_standard_input(const Session* session,
                                              Loader* loader);

}  // namespace kprofefe::source
