// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <string>

namespace kprofefe {

/// Checks that write_file() can write to `path`, as far as possible without a
/// trace: to fail before long work starts. Errors: io.
Result<void> check_writable(const std::string& path);

}  // namespace kprofefe
