// SPDX-License-Identifier: MIT
#include "base/json_escape.hpp"
#include "view/compare.hpp"
#include "view/text/about_json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <span>
#include <utility>

namespace kprofefe::view {
namespace {

using nlohmann::ordered_json;

std::string growth_text(const Violation& violation) {
  return violation.base == 0
             ? "new"
             : fmt::format("{:+.2f}%", percent_of(violation.growth(),
                                                  magnitude(violation.base)));
}

ordered_json to_json(const FunctionChange& change) {
  return {{"name", change.name},
          {"base_flat", change.base_flat},
          {"flat", change.flat},
          {"base_cum", change.base_cum},
          {"cum", change.cum}};
}

ordered_json to_json(const Violation& violation) {
  ordered_json item = ordered_json::object();
  if (!violation.name.empty()) {
    item["name"] = violation.name;
  }
  item["limit"] = violation.limit;
  item["base"] = violation.base;
  item["new"] = violation.now;
  item["growth_percent"] =
      violation.base == 0 ? ordered_json()
                          : ordered_json(rounded_percent(
                                violation.growth(), magnitude(violation.base)));
  item["allowed_percent"] = violation.allowed_percent;
  if (violation.samples) {
    item["base_samples"] = std::llround(*violation.base_samples);
    item["samples"] = std::llround(*violation.samples);
  }
  return item;
}

template <typename Items>
ordered_json array_of(const Items& items) {
  ordered_json array = ordered_json::array();
  for (const auto& item : items) {
    array.push_back(to_json(item));
  }
  return array;
}

}  // namespace

std::string render_violations(const Comparison& comparison) {
  if (comparison.violations.empty()) {
    return "";
  }
  std::string text = fmt::format("{:>10} {:>10} {:>9} {:>9}  worse\n", "base",
                                 "new", "growth", "allowed");
  for (const Violation& violation : comparison.violations) {
    const std::string what =
        violation.name.empty()
            ? "total"
            : fmt::format("{} ({})", violation.name, violation.limit);
    fmt::format_to(std::back_inserter(text), "{:>10} {:>10} {:>9} {:>9}  {}\n",
                   comparison.format(violation.base),
                   comparison.format(violation.now), growth_text(violation),
                   fmt::format("{}%", violation.allowed_percent), what);
  }
  return text;
}

std::string render_json(const Comparison& comparison,
                        std::size_t most_changes) {
  ordered_json document = {
      {"sample_type", comparison.sample_type},
      {"unit", comparison.format.from},
      {"base_total", comparison.base_total},
      {"total", comparison.total},
      {"changes",
       array_of(std::span(comparison.changes)
                    .first(std::min(most_changes, comparison.changes.size())))},
      {"violations", array_of(comparison.violations)},
      {"within_noise", array_of(comparison.within_noise)}};
  add_about(document, comparison.about);
  document["base"] = ordered_json::object();
  add_about(document["base"], comparison.base_about);
  return escape_controls(document.dump(
             2, ' ', false, ordered_json::error_handler_t::replace)) +
         "\n";
}

}  // namespace kprofefe::view
