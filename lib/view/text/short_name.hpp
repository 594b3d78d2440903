// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace kprofefe::view {

/// A function's name without what leads to its package or class, as a picture
/// has room for: `json.Unmarshal` of `encoding/json.Unmarshal`. Of Go, Java
/// and C++ (ShortenFunctionName of pprof).
std::string short_name(std::string_view name);

}  // namespace kprofefe::view
