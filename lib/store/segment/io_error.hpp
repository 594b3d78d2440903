// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace kprofefe::store {

/// No space left, or no more is allowed: more bytes than a disk takes.
inline constexpr ErrorDetail k_disk_full = ErrorDetail::body_too_large;

/// What errno says of an action (`write`) on a path: io, with the detail
/// k_disk_full where space ran out.
std::unexpected<Error> io_error(std::string_view action,
                                const std::string& path);

}  // namespace kprofefe::store
