// SPDX-License-Identifier: MIT
#pragma once

#include "base/fd.hpp"
#include "base/result.hpp"

#include <string>

namespace kprofefe::store {

/// Keeps others out of a store's folder as long as it is open, and no longer
/// than we live. Errors: usage, when another has it; io.
Result<Fd> lock_folder(const std::string& folder);

}  // namespace kprofefe::store
