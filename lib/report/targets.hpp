// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "collect/probe.hpp"
#include "collect/selection.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

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

/// What a selection came to; with `probes`, one for each target, also what the
/// targets offer or why they did not say so, and of names only of those that
/// did.
std::string render_targets(const collect::Selected& selected,
                           TargetsFormat format,
                           const std::vector<collect::Probe>* probes = nullptr);

}  // namespace kprofefe::report
