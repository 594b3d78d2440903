// SPDX-License-Identifier: MIT
#include "base/duration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace kprofefe {
namespace {

struct Unit {
  std::string_view name;
  double milliseconds;
};

// Longer names first: "ms" must not be read as "m".
constexpr std::array k_units = {Unit{"ns", 1e-6},      Unit{"us", 1e-3},
                                Unit{"\u00b5s", 1e-3},  // micro sign
                                Unit{"\u03bcs", 1e-3},  // Greek mu
                                Unit{"ms", 1},         Unit{"s", 1e3},
                                Unit{"m", 60e3},       Unit{"h", 3600e3}};

/// Takes one `<number><unit>` off the front of `text`; its milliseconds.
std::optional<double> take_term(std::string_view& text) {
  double number = 0;
  const auto [end, error] = std::from_chars(
      text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  if (error != std::errc() || text.front() == '-') {
    return std::nullopt;
  }
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  for (const Unit& unit : k_units) {
    if (text.starts_with(unit.name)) {
      text.remove_prefix(unit.name.size());
      return number * unit.milliseconds;
    }
  }
  return std::nullopt;
}

}  // namespace

Result<Milliseconds> parse_duration(std::string_view text) {
  const std::string_view whole = text;
  const auto bad = [&] {
    return fail(ErrorKind::usage,
                fmt::format("invalid duration \"{}\": use 30s, 5m or "
                            "1h30m",
                            whole));
  };
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) {
    text.remove_prefix(1);
  }
  if (text == "0") {
    return Milliseconds(0);
  }
  if (text.empty()) {
    return bad();
  }
  double total = 0;
  while (!text.empty()) {
    const std::optional<double> term = take_term(text);
    if (!term) {
      return bad();
    }
    total += *term;
  }
  constexpr double k_hundred_years = 3.2e12;
  if (!std::isfinite(total) || total > k_hundred_years) {
    return bad();
  }
  // To whole nanoseconds first: 4.35 s are 4350 ms, not 4349.999.
  constexpr double k_nanoseconds = 1e6;
  const std::int64_t count =
      std::llround(total * k_nanoseconds) / std::int64_t{1'000'000};
  return Milliseconds(negative ? -count : count);
}

std::string format_duration(Milliseconds duration) {
  const std::int64_t ms = duration.count();
  if (ms < 0) {
    return "-" + format_duration(-duration);
  }
  if (ms < 1000) {
    return fmt::format("{}ms", ms);
  }
  // What would be rounded to 60.0 is a minute.
  if (ms < 59'950) {
    return ms % 1000 == 0
               ? fmt::format("{}s", ms / 1000)
               : fmt::format("{:.1f}s", static_cast<double>(ms) / 1e3);
  }
  const std::int64_t seconds = std::max<std::int64_t>(ms / 1000, 60);
  if (seconds < 3600) {
    return fmt::format("{}m{}s", seconds / 60, seconds % 60);
  }
  return fmt::format("{}h{}m", seconds / 3600, seconds % 3600 / 60);
}

}  // namespace kprofefe
