// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace kprofefe::server {

/// 128 bits of the system's randomness as 32 hex digits. Errors: io.
Result<std::string> new_secret();

/// Whether `given` is the secret. How long that takes says nothing about where
/// they differ.
bool is_secret(std::string_view given, std::string_view secret);

}  // namespace kprofefe::server
