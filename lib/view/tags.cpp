// SPDX-License-Identifier: MIT
#include "view/tags.hpp"

#include "base/arithmetic.hpp"
#include "pprof/measurement.hpp"
#include "view/text/aligned.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>

namespace kprofefe::view {
namespace {

struct KeySums {
  std::int64_t value = 0;
  std::map<std::string, std::int64_t, std::less<>> values;
};

using Sums = std::map<std::string_view, KeySums, std::less<>>;

std::string text_of(const Prepared& prepared, const pprof::Label& label) {
  if (!label.is_number) {
    return std::string(prepared.profile.strings.at(label.text));
  }
  const auto unit = prepared.number_units.find(label.key);
  return pprof::measure_text(
      label.number, unit == prepared.number_units.end() ? "" : unit->second,
      prepared.options.unit);
}

Sums add_up(const Prepared& prepared) {
  const pprof::Profile& profile = prepared.profile;
  Sums sums;
  for (std::size_t at = 0; at < profile.samples.size(); ++at) {
    const std::int64_t value = profile.values_of(at)[prepared.sample_index];
    for (const pprof::Label& label : profile.labels_of(profile.samples[at])) {
      KeySums& of_key = sums[profile.strings.at(label.key)];
      of_key.value = sum_of(of_key.value, value);
      std::int64_t& of_value = of_key.values[text_of(prepared, label)];
      of_value = sum_of(of_value, value);
    }
  }
  return sums;
}

std::vector<TagValue> sorted_values(const KeySums& sums) {
  std::vector<TagValue> values;
  values.reserve(sums.values.size());
  for (const auto& [text, value] : sums.values) {
    values.push_back({text, value});
  }
  std::ranges::sort(values, [](const TagValue& a, const TagValue& b) {
    return magnitude(a.value) != magnitude(b.value)
               ? magnitude(a.value) > magnitude(b.value)
               : a.text < b.text;
  });
  return values;
}

void append_tag(std::string& text, const TagsReport& report, const Tag& tag) {
  const auto share = [&](std::int64_t value) {
    return report.total > 0
               ? fmt::format(" ({})", percentage(value, report.total))
               : "";
  };
  fmt::format_to(std::back_inserter(text), "{}:\t Total {} of {}{}\n", tag.key,
                 report.format(tag.value), report.format(report.total),
                 share(tag.value));
  for (const TagValue& value : tag.values) {
    fmt::format_to(std::back_inserter(text), " \t{}{}:\t {}\n",
                   report.format(value.value), share(value.value), value.text);
  }
  text += '\n';
}

}  // namespace

TagsReport tags(const Prepared& prepared) {
  TagsReport report = {.format = prepared.format(), .total = prepared.total};
  for (const auto& [key, sums] : add_up(prepared)) {
    report.tags.push_back({.key = std::string(key),
                           .value = sums.value,
                           .values = sorted_values(sums)});
  }
  return report;
}

std::string render_text(const TagsReport& report) {
  std::string text;
  for (const Tag& tag : report.tags) {
    append_tag(text, report, tag);
  }
  return align_right(text);
}

}  // namespace kprofefe::view
