// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace kprofefe::pprof {

// A message that breaks the rules, and one that keeps them and is larger than
// we read, are two things to whoever gets the error.

inline std::string malformed(std::string_view what) {
  return "malformed profile: " + std::string(what);
}

inline std::string too_large(std::string_view what) {
  return "profile too large: " + std::string(what);
}

}  // namespace kprofefe::pprof
