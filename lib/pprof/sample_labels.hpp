// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/profile.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::pprof {

/// Gives every sample this text label in place of what it has of that key.
void set_label(Profile& profile, std::string_view key, std::string_view text);

/// Gives it to the samples that have no text label of that key; an empty text
/// to none.
void add_label(Profile& profile, std::string_view key, std::string_view text);

/// The pods of the samples by their labels `namespace` and `pod`, each once,
/// as `namespace/pod`, or `pod` alone; sorted.
std::vector<std::string> pods_of(const Profile& profile);

}  // namespace kprofefe::pprof
