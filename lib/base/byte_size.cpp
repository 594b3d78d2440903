// SPDX-License-Identifier: MIT
#include "base/byte_size.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <span>

namespace kprofefe {
namespace {

constexpr double k_step = 1024;

/// Whether `unit` is `prefix` alone or with `b`, `i` or `ib` behind it, in any
/// case; without a prefix only `b` can be.
bool is_unit(std::string_view unit, std::string_view prefix) {
  constexpr std::array<std::string_view, 4> k_suffixes = {"", "b", "i", "ib"};
  if (!equals_ignoring_case(unit.substr(0, prefix.size()), prefix)) {
    return false;
  }
  const auto rest = unit.substr(prefix.size());
  const auto sensible = std::span(k_suffixes).first(prefix.empty() ? 2 : 4);
  return std::ranges::any_of(sensible, [rest](std::string_view suffix) {
    return equals_ignoring_case(rest, suffix);
  });
}

/// What one of the unit is worth: `""`, `b`, `k`, `kb`, `kib`, ...
std::optional<double> unit_value(std::string_view unit) {
  double value = 1;
  for (const std::string_view prefix : {"", "k", "m", "g", "t"}) {
    if (is_unit(unit, prefix)) {
      return value;
    }
    value *= k_step;
  }
  return std::nullopt;
}

}  // namespace

std::string format_bytes(std::size_t bytes) {
  constexpr std::array<std::string_view, 5> k_units = {"B", "KB", "MB", "GB",
                                                       "TB"};
  auto value = static_cast<double>(bytes);
  std::size_t unit = 0;
  // 999.5 would be printed as 1000 of the smaller unit.
  while (value >= 999.5 && unit + 1 < k_units.size()) {
    value /= k_step;
    ++unit;
  }
  const bool fraction = unit > 0 && value < 9.95;
  return fraction ? fmt::format("{:.1f} {}", value, k_units.at(unit))
                  : fmt::format("{:.0f} {}", value, k_units.at(unit));
}

std::string format_exact_bytes(std::size_t bytes) {
  constexpr std::size_t k_larger = 1024;
  std::string_view unit;
  for (const std::string_view larger : {"KiB", "MiB", "GiB", "TiB"}) {
    if (bytes == 0 || bytes % k_larger != 0) {
      break;
    }
    bytes /= k_larger;
    unit = larger;
  }
  return fmt::format("{}{}", bytes, unit);
}

Result<std::size_t> parse_bytes(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(
      text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  const auto unit =
      error == std::errc()
          ? unit_value(
                trim(text.substr(static_cast<std::size_t>(end - text.data()))))
          : std::nullopt;
  constexpr double k_most = 1e15;
  if (!unit || !(number * *unit >= 1) || number * *unit > k_most) {
    return fail(ErrorKind::usage,
                fmt::format("invalid size \"{}\": use 512k, 10MB or "
                            "64MiB",
                            text));
  }
  return static_cast<std::size_t>(number * *unit);
}

}  // namespace kprofefe
