// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

namespace kprofefe::collect {

/// Why `path`, which is untrusted, is not a safe path on the pod: nothing when
/// it is one. It begins with a slash, is visible ASCII without `?`, `#` and
/// backslash, and means the same before and after decoding (RFC 3986, 6.2.2):
/// no `.` or `..` segment, no encoded slash, backslash, `%` or control
/// character. Behind the API server's proxy any of these would leave the pod
/// and reach the API itself, with the caller's credentials.
std::optional<std::string_view> why_no_pprof_path(std::string_view path);

}  // namespace kprofefe::collect
