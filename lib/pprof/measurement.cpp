// SPDX-License-Identifier: MIT
#include "pprof/measurement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <ranges>
#include <span>
#include <utility>

namespace kprofefe::pprof {
namespace {

struct Unit {
  std::string_view name;
  std::array<std::string_view, 3> spellings;
  double factor = 1;
};

/// Units of one quantity, and the one to use when the wanted one is unknown.
struct Quantity {
  std::span<const Unit> units;
  std::string_view default_name;
  double default_factor = 1;
};

constexpr std::array k_bytes = {
    Unit{"B", {"b", "byte"}, 1},
    Unit{"kB", {"kb", "kbyte", "kilobyte"}, 0x1p10},
    Unit{"MB", {"mb", "mbyte", "megabyte"}, 0x1p20},
    Unit{"GB", {"gb", "gbyte", "gigabyte"}, 0x1p30},
    Unit{"TB", {"tb", "tbyte", "terabyte"}, 0x1p40},
    Unit{"PB", {"pb", "pbyte", "petabyte"}, 0x1p50}};

constexpr std::array k_times = {Unit{"ns", {"ns", "nanosecond"}, 1},
                                Unit{"us", {"μs", "us", "microsecond"}, 1e3},
                                Unit{"ms", {"ms", "millisecond"}, 1e6},
                                Unit{"s", {"s", "sec", "second"}, 1e9},
                                Unit{"hrs", {"hour", "hr"}, 3600e9}};

// Google's unit of CPU use; pprof knows it, so profiles may say it.
constexpr std::array k_gcus = {
    Unit{"n*GCU", {"nanogcu"}, 1e-9},  Unit{"u*GCU", {"microgcu"}, 1e-6},
    Unit{"m*GCU", {"milligcu"}, 1e-3}, Unit{"GCU", {"gcu"}, 1},
    Unit{"k*GCU", {"kilogcu"}, 1e3},   Unit{"M*GCU", {"megagcu"}, 1e6},
    Unit{"G*GCU", {"gigagcu"}, 1e9},   Unit{"T*GCU", {"teragcu"}, 1e12},
    Unit{"P*GCU", {"petagcu"}, 1e15}};

constexpr std::array k_quantities = {Quantity{k_bytes, "B", 1},
                                     Quantity{k_times, "s", 1e9},
                                     Quantity{k_gcus, "GCU", 1}};

const Unit* find_unit(const Quantity& quantity, std::string_view spelling) {
  std::string unit(spelling);
  std::ranges::transform(unit, unit.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  if (unit.size() > 2 && unit.ends_with('s')) {
    unit.pop_back();
  }
  const auto found =
      std::ranges::find_if(quantity.units, [&](const Unit& candidate) {
        return !unit.empty() && std::ranges::find(candidate.spellings, unit) !=
                                    candidate.spellings.end();
      });
  return found == quantity.units.end() ? nullptr : &*found;
}

/// In the largest unit of which there is at least one.
Measure choose_unit(const Quantity& quantity, double base_value) {
  const Unit* best = nullptr;
  for (const Unit& unit : quantity.units) {
    if ((best == nullptr || unit.factor >= best->factor) &&
        base_value / unit.factor >= 1.0) {
      best = &unit;
    }
  }
  if (best == nullptr) {
    return {base_value / quantity.default_factor,
            std::string(quantity.default_name)};
  }
  return {base_value / best->factor, std::string(best->name)};
}

Measure convert_within(const Quantity& quantity, double base_value,
                       std::string_view to) {
  if (to == "minimum" || to == "auto") {
    return choose_unit(quantity, base_value);
  }
  const Unit* const unit = find_unit(quantity, to);
  if (unit == nullptr) {
    return {base_value / quantity.default_factor,
            std::string(quantity.default_name)};
  }
  return {base_value / unit->factor, std::string(unit->name)};
}

}  // namespace

Measure convert(std::int64_t value, std::string_view from,
                std::string_view to) {
  // The smallest number has no opposite.
  if (value < 0 && value != std::numeric_limits<std::int64_t>::min()) {
    Measure opposite = convert(-value, from, to);
    opposite.value = -opposite.value;
    return opposite;
  }
  for (const Quantity& quantity : k_quantities) {
    if (const Unit* const unit = find_unit(quantity, from)) {
      return convert_within(quantity, static_cast<double>(value) * unit->factor,
                            to);
    }
  }
  constexpr std::array<std::string_view, 5> k_plain = {
      "count", "sample", "unit", "minimum", "auto"};
  const bool plain = std::ranges::find(k_plain, to) != k_plain.end();
  return {static_cast<double>(value), plain ? "" : std::string(to)};
}

std::optional<UnitScale> unit_scale(std::string_view from,
                                    std::string_view to) {
  for (const Quantity& quantity : k_quantities) {
    const Unit* const unit = find_unit(quantity, from);
    if (unit == nullptr) {
      continue;
    }
    UnitScale scale{.factor = unit->factor, .steps = {}};
    if (to == "minimum" || to == "auto") {
      for (const Unit& each : std::views::reverse(quantity.units)) {
        scale.steps.push_back({each.name, each.factor});
      }
    } else if (const Unit* const wanted = find_unit(quantity, to)) {
      scale.steps.push_back({wanted->name, wanted->factor});
    } else {
      scale.steps.push_back({quantity.default_name, quantity.default_factor});
    }
    return scale;
  }
  return std::nullopt;
}

std::string common_unit(std::int64_t smallest, std::int64_t largest,
                        const std::string& unit) {
  constexpr std::uint64_t k_shrink = 100;
  const auto shrunk = static_cast<std::int64_t>(
      static_cast<std::uint64_t>(smallest) * k_shrink);
  const auto unit_for = [&](std::int64_t value) {
    return convert(value, unit, "minimum").unit;
  };
  std::string chosen = unit_for(smallest);
  if (chosen != unit_for(largest) && shrunk < largest) {
    chosen = unit_for(shrunk);
  }
  return chosen.empty() ? unit : chosen;
}

bool are_convertible(std::string_view unit, std::string_view other) {
  return std::ranges::any_of(k_quantities, [&](const Quantity& quantity) {
    return find_unit(quantity, unit) != nullptr &&
           find_unit(quantity, other) != nullptr;
  });
}

std::string measure_text(std::int64_t value, std::string_view from,
                         std::string_view to) {
  const Measure measure = convert(value, from, to);
  std::string number = fmt::format("{:.2f}", measure.value);
  if (number.ends_with(".00")) {
    number.resize(number.size() - 3);
  }
  return number == "0" || number == "-0" ? "0" : number + measure.unit;
}

}  // namespace kprofefe::pprof
