// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::view {

/// The shortest path that means the same, without looking at the disk:
/// `a//b/../c` is `a/c`; "" is `.`. As Go's path.Clean.
std::string clean_path(std::string_view path);

/// All but the last part: `/a` of `/a/b`, `.` of `a`. As Go's path.Dir.
std::string folder_of(std::string_view path);

/// `path` without what comes before its useful part: one of the prefixes or,
/// if there are none, everything up to the last folder's name of a path in
/// `search_path`, or /proc/self/cwd. As pprof's trimPath.
std::string_view trimmed_path(std::string_view path,
                              const std::vector<std::string>& prefixes,
                              const std::vector<std::string>& search_path);

}  // namespace kprofefe::view
