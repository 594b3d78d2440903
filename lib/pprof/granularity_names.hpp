// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "pprof/aggregate.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace kprofefe::pprof {

/// What `go tool pprof` calls them, sorted.
inline constexpr std::array<std::pair<std::string_view, Granularity>, 5>
    k_granularity_names = {{{"addresses", Granularity::addresses},
                            {"filefunctions", Granularity::filefunctions},
                            {"files", Granularity::files},
                            {"functions", Granularity::functions},
                            {"lines", Granularity::lines}}};

/// The granularity of that name. Errors: usage, with the valid names.
Result<Granularity> parse_granularity(std::string_view name);

}  // namespace kprofefe::pprof
