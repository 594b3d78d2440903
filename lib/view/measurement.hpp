// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

namespace kprofefe::view {

/// Five places and `%`: `45.10%`, `  100%`, ` 0.05%`. Without a sign; of a
/// total of 0 everything is 0.
std::string percentage(std::int64_t value, std::int64_t total);

/// The same as a number, with its sign: -3.25.
double percent_of(std::int64_t value, std::int64_t total);

/// The same, rounded to two decimals.
double rounded_percent(std::int64_t value, std::int64_t total);

/// How the values of one report are written.
struct ValueFormat {
  std::string from;  ///< the unit of the profile's values
  std::string to;    ///< a unit, `minimum` or `auto`
  double ratio = 1;  ///< each value is multiplied by it first

  [[nodiscard]] std::string operator()(std::int64_t value) const;
};

}  // namespace kprofefe::view
