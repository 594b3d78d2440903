// SPDX-License-Identifier: MIT
#pragma once

#include "pprof/profile.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace kprofefe::view {

/// What is 100 % of a value: that of all samples, without signs; of a
/// comparison, of the base's samples alone. With a divisor, their mean.
std::int64_t total_of(const pprof::Profile& profile, std::size_t value_index,
                      std::optional<std::size_t> divisor_index = std::nullopt);

/// The same for every sample type.
std::vector<std::int64_t> totals_of(const pprof::Profile& profile);

}  // namespace kprofefe::view
