// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <set>
#include <string_view>

namespace kprofefe::pprof {

/// The functions at the top of a profile's stacks (of inlined ones the
/// innermost), as indices of their names in the string table. At most 4096:
/// real profiles have some hundred, and a hostile one shall not cost more
/// memory than its own size. Errors: malformed.
Result<std::set<std::uint64_t>> leaf_function_names(std::string_view profile);

}  // namespace kprofefe::pprof
