// SPDX-License-Identifier: MIT
#include "view/compare.hpp"

#include "base/text.hpp"
#include "pprof/prepare.hpp"
#include "pprof/scale.hpp"
#include "view/graph/build_graph.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace kprofefe::view {
namespace {

/// Sums are multiplied and not samples, whose rounding would add up.
std::int64_t multiplied(std::int64_t value, double factor) {
  return factor == 1 ? value
                     : pprof::to_integer(
                           std::round(static_cast<double>(value) * factor));
}

/// Functions of both profiles by name.
class Changes {
 public:
  void add_base(const Prepared& prepared, double factor) {
    add(prepared, &FunctionChange::base_flat, &FunctionChange::base_cum,
        factor);
  }

  void add_new(const Prepared& prepared) {
    add(prepared, &FunctionChange::flat, &FunctionChange::cum, 1);
  }

  std::vector<FunctionChange> take() { return std::move(changes_); }

 private:
  using Value = std::int64_t FunctionChange::*;

  void add(const Prepared& prepared, Value flat, Value cum, double factor) {
    Graph graph = collect_names(prepared);
    for (const std::uint32_t id : graph.order) {
      FunctionChange& change = find(std::move(graph.names[id]));
      change.*flat = multiplied(graph.nodes[id].flat.value(), factor);
      change.*cum = multiplied(graph.nodes[id].cum.value(), factor);
    }
  }

  FunctionChange& find(std::string name) {
    const auto [entry, is_new] = index_.try_emplace(name, changes_.size());
    if (is_new) {
      changes_.push_back({.name = std::move(name)});
    }
    return changes_[entry->second];
  }

  std::vector<FunctionChange> changes_;
  std::unordered_map<std::string, std::size_t> index_;
};

/// All samples that the filters left.
std::int64_t sum_of_samples(const Prepared& prepared) {
  Weight all;
  for (std::size_t at = 0; at < prepared.profile.samples.size(); ++at) {
    all += prepared.weight_of(at);
  }
  return all.value();
}

/// The changes, those that people look for first.
std::vector<FunctionChange> sorted(std::vector<FunctionChange> changes) {
  std::erase_if(changes, [](const FunctionChange& change) {
    return change.flat_growth() == 0 && change.growth() == 0;
  });
  std::ranges::sort(changes, [](const auto& a, const auto& b) {
    const auto key = [](const FunctionChange& change) {
      return std::tuple(-static_cast<double>(magnitude(change.flat_growth())),
                        -static_cast<double>(magnitude(change.growth())),
                        std::string_view(change.name));
    };
    return key(a) < key(b);
  });
  return changes;
}

/// Whether `now` is more than that many percent above the base. What was not
/// there may not come.
bool exceeds(std::int64_t base, std::int64_t now, double percent) {
  const double growth = static_cast<double>(now) - static_cast<double>(base);
  return growth > std::abs(static_cast<double>(base)) * percent / 100;
}

bool is_noise(const FunctionChange& change, std::int64_t base_total,
              double percent) {
  return static_cast<double>(change.growth()) <
         std::abs(static_cast<double>(base_total)) * percent / 100;
}

/// The limits that no function is held against.
std::vector<std::string> find_unmatched(
    const std::vector<FunctionChange>& functions, const Limits& limits) {
  std::vector<std::string> unmatched;
  for (const FunctionLimit& limit : limits.functions) {
    if (std::ranges::none_of(functions, [&](const FunctionChange& function) {
          return limit.names.matches(function.name);
        })) {
      unmatched.push_back(limit.names.expression());
    }
  }
  return unmatched;
}

std::vector<Violation> function_violations(const Comparison& comparison,
                                           const Limits& limits) {
  std::vector<Violation> violations;
  for (const FunctionLimit& limit : limits.functions) {
    for (const FunctionChange& change : comparison.changes) {
      if (exceeds(change.base_cum, change.cum, limit.percent) &&
          !is_noise(change, comparison.base_total, limits.noise_percent) &&
          limit.names.matches(change.name)) {
        violations.push_back({.name = change.name,
                              .base = change.base_cum,
                              .now = change.cum,
                              .allowed_percent = limit.percent,
                              .limit = limit.names.expression()});
      }
    }
  }
  std::ranges::sort(violations, [](const Violation& a, const Violation& b) {
    return a.growth() != b.growth()
               ? a.growth() > b.growth()
               : std::tie(a.name, a.limit) < std::tie(b.name, b.limit);
  });
  return violations;
}

std::vector<Violation> find_violations(const Comparison& comparison,
                                       const Limits& limits) {
  std::vector<Violation> violations = function_violations(comparison, limits);
  if (limits.total_percent &&
      exceeds(comparison.base_total, comparison.total, *limits.total_percent)) {
    violations.insert(violations.begin(),
                      {.base = comparison.base_total,
                       .now = comparison.total,
                       .allowed_percent = *limits.total_percent,
                       .limit = "total"});
  }
  return violations;
}

Result<Prepared> prepare_copy(pprof::Profile profile, const Options& options) {
  pprof::prepare(profile, options.names);
  return prepare(std::move(profile), ReportKind::top, options);
}

/// Where a profile says how often each stack was sampled.
std::optional<std::int64_t> find_sample_counts(const pprof::Profile& profile) {
  for (std::size_t i = 0; i < profile.sample_types.size(); ++i) {
    const pprof::ValueKind& kind = profile.sample_types[i];
    if (profile.strings.at(kind.type) == "samples" &&
        profile.strings.at(kind.unit) == "count") {
      return static_cast<std::int64_t>(i);
    }
  }
  return std::nullopt;
}

/// The cum value of each function by its name, and the total under "".
std::unordered_map<std::string, std::int64_t> cum_by_name(
    const Prepared& prepared) {
  std::unordered_map<std::string, std::int64_t> values;
  const Graph graph = collect_names(prepared);
  for (const std::uint32_t id : graph.order) {
    values[graph.names[id]] = graph.nodes[id].cum.value();
  }
  values[""] = sum_of_samples(prepared);
  return values;
}

/// Moves what is within noise out of the violations.
void set_noise_apart(const Prepared& base_counts, const Prepared& now_counts,
                     double factor, Comparison& comparison) {
  const auto base = cum_by_name(base_counts);
  const auto now = cum_by_name(now_counts);
  const auto value_in = [](const auto& values, const std::string& name) {
    const auto found = values.find(name);
    return found == values.end() ? 0.0 : static_cast<double>(found->second);
  };
  std::vector<Violation> real;
  for (Violation& violation : comparison.violations) {
    const double sampled = value_in(base, violation.name);
    violation.base_samples = sampled * factor;
    violation.samples = value_in(now, violation.name);
    const bool is_noise = is_within_noise(sampled, *violation.samples, factor);
    (is_noise ? comparison.within_noise : real).push_back(std::move(violation));
  }
  comparison.violations = std::move(real);
}

}  // namespace

Result<double> parse_percent(std::string_view text) {
  std::string_view digits = text;
  if (digits.ends_with('%')) {
    digits.remove_suffix(1);
  }
  double percent = -1;
  const auto [rest, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), percent,
                      std::chars_format::fixed);
  if (error != std::errc() || rest != digits.data() + digits.size() ||
      !(percent >= 0) || std::isinf(percent)) {
    return fail(ErrorKind::usage,
                fmt::format("invalid percentage \"{}\": use e.g. 10%", text));
  }
  return percent;
}

Result<FunctionLimit> parse_function_limit(std::string_view text) {
  const auto equals = text.rfind('=');
  if (equals == std::string_view::npos || equals == 0) {
    return fail(ErrorKind::usage,
                fmt::format("invalid function limit \"{}\": use "
                            "REGEX=PERCENT, e.g. 'main\\..*=5%'",
                            text));
  }
  TRY_ASSIGN(pprof::Regex names, pprof::Regex::compile(text.substr(0, equals)));
  TRY_ASSIGN(const double percent, parse_percent(text.substr(equals + 1)));
  return FunctionLimit{.names = std::move(names), .percent = percent};
}

bool is_within_noise(double base, double now, double factor) {
  constexpr double k_deviations = 2.576;  // of a normal distribution: 99 %
  const double difference = now - factor * base;
  const double deviation = std::sqrt(now + factor * factor * base);
  return std::abs(difference) <= k_deviations * deviation;
}

Result<Comparison> compare(const pprof::Profile& base,
                           const pprof::Profile& now, const Options& options,
                           const Limits& limits, double factor) {
  Options both = options;
  // Base may say something else of itself.
  TRY_ASSIGN(const std::size_t index,
             find_sample_index(now, options.sample_index));
  both.sample_index = static_cast<std::int64_t>(index);
  Options of_base = both;
  of_base.add_comment.clear();
  TRY_ASSIGN(const Prepared prepared_base, prepare_copy(base, of_base));
  TRY_ASSIGN(const Prepared prepared_now, prepare_copy(now, both));
  if (limits.has_any() && !prepared_now.active_filters.empty() &&
      prepared_base.profile.samples.empty() &&
      prepared_now.profile.samples.empty()) {
    return fail(ErrorKind::usage,
                fmt::format("{}: no samples left in either profile, so no "
                            "limit could fail",
                            fmt::join(prepared_now.active_filters, ", ")));
  }
  TRY_ASSIGN(Comparison comparison,
             compare(prepared_base, prepared_now, limits, factor));
  const auto counts = find_sample_counts(now);
  if (counts && !comparison.violations.empty()) {
    both.sample_index = *counts;
    TRY_ASSIGN(const Prepared base_counts, prepare_copy(base, both));
    TRY_ASSIGN(const Prepared now_counts, prepare_copy(now, both));
    set_noise_apart(base_counts, now_counts, factor, comparison);
  }
  return comparison;
}

std::vector<std::string> explain_noise(const Comparison& comparison) {
  std::vector<std::string> sentences;
  sentences.reserve(comparison.within_noise.size());
  for (const Violation& violation : comparison.within_noise) {
    sentences.push_back(fmt::format(
        "{} grew from {} to {} ({:.0f} to {:.0f} samples): within noise "
        "(Poisson test, 99 %), so this limit does not fail",
        violation.name.empty() ? "the total" : violation.name,
        comparison.format(violation.base), comparison.format(violation.now),
        *violation.base_samples, *violation.samples));
  }
  return sentences;
}

Result<Comparison> compare(const Prepared& base, const Prepared& now,
                           const Limits& limits, double factor) {
  if (base.sample_type != now.sample_type ||
      base.sample_unit != now.sample_unit) {
    return fail(ErrorKind::usage,
                fmt::format("the profiles measure different values: {} in {} "
                            "and {} in {}",
                            base.sample_type, base.sample_unit, now.sample_type,
                            now.sample_unit));
  }
  Changes changes;
  changes.add_base(base, factor);
  changes.add_new(now);
  std::vector<FunctionChange> functions = changes.take();
  std::vector<std::string> unmatched = find_unmatched(functions, limits);
  Comparison comparison = {
      .sample_type = now.sample_type,
      .format = now.format(),
      .base_total = multiplied(sum_of_samples(base), factor),
      .total = sum_of_samples(now),
      .changes = sorted(std::move(functions)),
      .unmatched = std::move(unmatched),
      .base_about = about(base),
      .about = about(now)};
  std::ranges::copy_if(now.warnings, std::back_inserter(comparison.warnings),
                       [&](const std::string& warning) {
                         return std::ranges::count(base.warnings, warning) != 0;
                       });
  comparison.violations = find_violations(comparison, limits);
  return comparison;
}

}  // namespace kprofefe::view
