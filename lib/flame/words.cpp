// SPDX-License-Identifier: MIT
#include "flame/words.hpp"

#include "base/arithmetic.hpp"
#include "pprof/scale.hpp"
#include "view/measurement.hpp"

#include <fmt/format.h>

#include <cmath>

namespace kprofefe::flame {

namespace {

std::int64_t sum(const Column& column) {
  std::int64_t total = 0;
  for (const std::int64_t value : column) {
    total = sum_of(total, value);
  }
  return total;
}

/// The smallest value that the picture shows, without its sign; 0: none.
std::int64_t smallest(const Tree& tree, const Column& flat) {
  const Column cum = cumulate(tree.nodes, flat);
  std::int64_t least = 0;
  for (std::size_t i = 0; i < flat.size(); ++i) {
    const std::int64_t value = magnitude(flat[i] != 0 ? flat[i] : cum[i]);
    if (value > 0 && (least == 0 || value < least)) {
      least = value;
    }
  }
  return least;
}

/// `1234567` is `1,234,567`.
std::string grouped(std::int64_t value) {
  constexpr std::size_t k_group = 3;
  std::string digits = fmt::format("{}", value);
  const std::size_t begin = value < 0 ? 1 : 0;
  for (std::size_t at = digits.size(); at > begin + k_group;) {
    at -= k_group;
    digits.insert(at, ",");
  }
  return digits;
}

}  // namespace

Words::Words(const Tree& tree, const pprof::Profile& profile, std::size_t type,
             const Options& options)
    : type_(profile.strings.at(profile.sample_types[type].type)),
      unit_(profile.strings.at(profile.sample_types[type].unit)),
      to_("auto"),
      ratio_(1 / options.divide_by),
      is_unit_named_(pprof::are_convertible(unit_, options.unit)),
      whole_(tree.totals[type]),
      total_(sum(tree.values[type])) {
  if (is_unit_named_) {
    to_ = options.unit;
  } else if (options.unit == "minimum") {
    const std::int64_t least = smallest(tree, tree.values[type]);
    to_ = pprof::common_unit(divided(least == 0 ? whole_ : least),
                             divided(whole_), std::string(unit_));
  }
  if (tree.compares()) {
    base_total_ = sum(tree.base_values[type]);
  }
}

std::string Words::value(std::int64_t value) const {
  value = divided(value);
  if (scale()) {
    return pprof::measure_text(value, unit_, to_);
  }
  return plain_unit().empty()
             ? grouped(value)
             : fmt::format("{} {}", grouped(value), plain_unit());
}

std::int64_t Words::number(std::int64_t value) const {
  value = divided(value);
  return is_unit_named_
             ? pprof::to_integer(pprof::convert(value, unit_, to_).value)
             : value;
}

std::int64_t Words::divided(std::int64_t value) const {
  return ratio_ == 1 ? value
                     : pprof::to_integer(static_cast<double>(value) * ratio_);
}

std::string Words::share(std::int64_t value) const {
  const double percent = view::percent_of(value, whole_);
  return fmt::format("{:.{}f}%", percent, std::abs(percent) < 9.995 ? 2 : 1);
}

std::string Words::both(std::int64_t value) const {
  return fmt::format("{} ({})", this->value(value), share(value));
}

std::string Words::change(std::int64_t base, std::int64_t value) const {
  if (base == 0) {
    return fmt::format("{}, new", this->value(value));
  }
  const auto before = static_cast<double>(base);
  return fmt::format(
      "{}, was {} ({:+.1f}%)", this->value(value), this->value(base),
      (static_cast<double>(value) - before) / std::abs(before) * 100);
}

}  // namespace kprofefe::flame
