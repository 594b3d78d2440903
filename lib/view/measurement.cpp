// SPDX-License-Identifier: MIT
#include "view/measurement.hpp"

#include "pprof/measurement.hpp"
#include "pprof/scale.hpp"

#include <fmt/format.h>

#include <cmath>

namespace kprofefe::view {

std::string percentage(std::int64_t value, std::int64_t total) {
  const double percent = std::abs(percent_of(value, total));
  if (percent >= 99.95 && percent <= 100.05) {
    return "  100%";
  }
  return percent >= 1 ? fmt::format("{:5.2f}%", percent)
                      : fmt::format("{:5.2g}%", percent);
}

double percent_of(std::int64_t value, std::int64_t total) {
  return total == 0
             ? 0
             : static_cast<double>(value) / static_cast<double>(total) * 100;
}

double rounded_percent(std::int64_t value, std::int64_t total) {
  return std::round(percent_of(value, total) * 100) / 100;
}

std::string ValueFormat::operator()(std::int64_t value) const {
  if (ratio > 0 && ratio != 1) {
    value = pprof::to_integer(static_cast<double>(value) * ratio);
  }
  return pprof::measure_text(value, from, to);
}

}  // namespace kprofefe::view
