// SPDX-License-Identifier: MIT
#pragma once

#include "view/about.hpp"

#include <nlohmann/json_fwd.hpp>

namespace kprofefe::view {

/// Adds `time` (RFC 3339) and `duration_nanos`, null where they are not known,
/// `comments`, `pods` and `filters`.
void add_about(nlohmann::ordered_json& document, const About& about);

}  // namespace kprofefe::view
