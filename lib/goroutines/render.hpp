// SPDX-License-Identifier: MIT
#pragma once

#include "base/file.hpp"
#include "goroutines/groups.hpp"

#include <string>
#include <vector>

namespace kprofefe::goroutines {

// Groups as they are printed, piece by piece: a program may have a million
// different stacks. False as soon as the sink is.

/// For people: how many there are, then every group with its stack.
bool render_text(const Groups& groups, SortBy by, const Sink& sink);

/// All there is to know, also of every goroutine if the groups have members.
bool render_json(const Groups& groups, SortBy by, const Sink& sink);

/// What is missing: dumps that end too early, goroutines without a group.
std::vector<std::string> missing_in(const Groups& groups);

}  // namespace kprofefe::goroutines
