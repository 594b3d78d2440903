// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::pprof {

/// A number in a unit; an empty unit is one that goes without saying.
struct Measure {
  double value = 0;
  std::string unit;
};

/// Converts between units as pprof's measurement.Scale: bytes, times and GCU,
/// in their usual spellings; `to` may also be `auto` or `minimum`, which
/// choose. What cannot be converted keeps its value and gets the unit `to`.
Measure convert(std::int64_t value, std::string_view from, std::string_view to);

/// One of the units to write a value in.
struct UnitStep {
  std::string_view name;  ///< `ms`
  double factor = 1;
};

/// What convert() does with all values of a unit, for who must do the same
/// without it: a value times `factor` is divided by that of the first step
/// that leaves at least 1, or else of the last. Largest first, never empty.
struct UnitScale {
  double factor = 1;
  std::vector<UnitStep> steps;
};

/// None when `from` is a unit that nobody knows.
std::optional<UnitScale> unit_scale(std::string_view from, std::string_view to);

/// A unit for all values from `smallest` to `largest`, in which the smallest
/// may be as little as 0.01; `unit` is theirs.
std::string common_unit(std::int64_t smallest, std::int64_t largest,
                        const std::string& unit);

/// Whether numbers of both units can be added up after a conversion.
bool are_convertible(std::string_view unit, std::string_view other);

/// The value with its unit for people, as pprof's ScaledLabel: `12.50MB`,
/// `0`.
std::string measure_text(std::int64_t value, std::string_view from,
                         std::string_view to);

}  // namespace kprofefe::pprof
