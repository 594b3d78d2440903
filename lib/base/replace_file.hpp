// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace kprofefe {

/// Gives the existing file `path` (through links) new content in one step:
/// readers see the old or the new one, whole. Mode and, where we may, owner
/// stay. A file that no other can take the place of, such as a mount point, is
/// written to. Errors: io.
Result<void> replace_file(const std::string& path, std::string_view bytes);

}  // namespace kprofefe
