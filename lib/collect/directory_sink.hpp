// SPDX-License-Identifier: MIT
#pragma once

#include "collect/sink.hpp"

#include <memory>
#include <string>

namespace kprofefe::collect {

struct DirectoryOptions {
  /// A profile counts as stored only when it would survive a power cut.
  bool fsync = false;
};

/// Keeps profiles as files of one folder (see profile_file_name()): created
/// new and never through a link, mode 0600, complete or absent. Removes what
/// runs that were killed have left. Makes the folder when it is not there.
/// Errors: io, when that fails or nothing can be created in it.
Result<std::unique_ptr<Sink>> open_directory_sink(
    std::string directory, DirectoryOptions options = {});

}  // namespace kprofefe::collect
