// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kprofefe::flame {

/// `#rrggbb` of a function: its package chooses the hue, so that what belongs
/// together looks alike; the runtime is grey. Pale, for dark text. page.js
/// chooses the same hues.
std::string package_colour(std::string_view function);

/// `#rrggbb` of a change: red for growth, blue for shrinking, the stronger the
/// larger the part of the value that changed; grey when nothing did.
std::string change_colour(std::int64_t base, std::int64_t value);

}  // namespace kprofefe::flame
