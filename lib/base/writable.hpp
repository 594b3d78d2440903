// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <string>

namespace kprofefe {

/// That write_file() can write to `path`, as far as it can be told without a
/// trace: for who has long work to do before. Errors: io.
Result<void> check_writable(const std::string& path);

}  // namespace kprofefe
