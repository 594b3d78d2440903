// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/profile.hpp"

#include <string_view>

namespace kprofefe::pprof {

/// Gives every sample this text label in place of what it has of that key.
void set_label(Profile& profile, std::string_view key, std::string_view text);

/// Gives it to the samples that have no text label of that key; an empty text
/// to none.
void add_label(Profile& profile, std::string_view key, std::string_view text);

}  // namespace kprofefe::pprof
