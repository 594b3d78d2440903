// SPDX-License-Identifier: MIT
#include "view/text/go_duration.hpp"

#include <fmt/format.h>

namespace kprofefe::view {
namespace {

constexpr std::uint64_t k_second = 1'000'000'000;

/// `value / unit` with all of its decimals and no more.
std::string decimal(std::uint64_t value, std::uint64_t unit) {
  std::string text = fmt::format("{}", value / unit);
  if (value % unit != 0) {
    // The unit is a power of ten, and so is what its digits start behind.
    text += fmt::format("{}", unit + value % unit).replace(0, 1, ".");
    text.resize(text.find_last_not_of('0') + 1);
  }
  return text;
}

std::string below_a_second(std::uint64_t value) {
  if (value < 1'000) {
    return fmt::format("{}ns", value);
  }
  return value < 1'000'000 ? decimal(value, 1'000) + "µs"
                           : decimal(value, 1'000'000) + "ms";
}

}  // namespace

std::string go_duration(std::int64_t nanoseconds) {
  if (nanoseconds == 0) {
    return "0s";
  }
  const std::string sign = nanoseconds < 0 ? "-" : "";
  const std::uint64_t value = nanoseconds < 0
                                  ? 0 - static_cast<std::uint64_t>(nanoseconds)
                                  : static_cast<std::uint64_t>(nanoseconds);
  if (value < k_second) {
    return sign + below_a_second(value);
  }
  const std::uint64_t minutes = value / (60 * k_second);
  const std::string seconds = decimal(value % (60 * k_second), k_second) + "s";
  if (minutes == 0) {
    return sign + seconds;
  }
  return minutes < 60 ? fmt::format("{}{}m{}", sign, minutes, seconds)
                      : fmt::format("{}{}h{}m{}", sign, minutes / 60,
                                    minutes % 60, seconds);
}

}  // namespace kprofefe::view
