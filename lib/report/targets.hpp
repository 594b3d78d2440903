// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "collect/selection.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace kprofefe::report {

/// `-o` of targets.
enum class TargetsFormat : std::uint8_t {
  table,  ///< targets, then every other pod with the reason
  wide,   ///< the same with more columns
  json,
  name  ///< `pod/NAME` of each target
};

/// Errors: usage.
Result<TargetsFormat> parse_targets_format(std::string_view name);

/// What a selection came to.
std::string render_targets(const collect::Selected& selected,
                           TargetsFormat format);

}  // namespace kprofefe::report
