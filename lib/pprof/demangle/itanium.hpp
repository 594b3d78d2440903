// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/demangle/name_parts.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kprofefe::pprof {

/// The C++ name of a symbol that begins with `_Z`, without the clone that a
/// compiler made of the function (`.part.0`); nothing when it is none. Without
/// parameters whatever follows the name is not looked at.
std::optional<std::string> demangle_itanium(std::string_view symbol,
                                            NameParts parts);

}  // namespace kprofefe::pprof
