// SPDX-License-Identifier: MIT
#include "pprof/granularity_names.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kprofefe::pprof {

Result<Granularity> parse_granularity(std::string_view name) {
  const auto* const found = std::ranges::find(
      k_granularity_names, name, [](const auto& entry) { return entry.first; });
  if (found == k_granularity_names.end()) {
    return fail(ErrorKind::usage,
                fmt::format("unknown granularity \"{}\": use one of functions, "
                            "filefunctions, files, lines, addresses",
                            name));
  }
  return found->second;
}

}  // namespace kprofefe::pprof
