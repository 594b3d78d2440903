// SPDX-License-Identifier: MIT
#include "view/by_label.hpp"

#include "base/arithmetic.hpp"
#include "base/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

namespace kprofefe::view {
namespace {

/// The text of a sample's first label of that key; empty when it has none.
std::string_view text_of(const pprof::Profile& profile,
                         const pprof::Sample& sample, std::string_view key) {
  for (const pprof::Label& label : profile.labels_of(sample)) {
    if (!label.is_number && profile.strings.at(label.key) == key) {
      return profile.strings.at(label.text);
    }
  }
  return {};
}

std::set<std::string_view> keys_of(const pprof::Profile& profile) {
  std::set<std::string_view> keys;
  for (const pprof::Sample& sample : profile.samples) {
    for (const pprof::Label& label : profile.labels_of(sample)) {
      if (!label.is_number) {
        keys.insert(profile.strings.at(label.key));
      }
    }
  }
  return keys;
}

std::unexpected<Error> no_label(const pprof::Profile& profile,
                                std::string_view key) {
  const std::set<std::string_view> keys = keys_of(profile);
  return fail(
      ErrorKind::not_found,
      keys.empty()
          ? fmt::format("--by {}: no sample has a label: those of several "
                        "pods have, captured by this command or `merge`",
                        quoted(key))
          : fmt::format("--by {}: no sample has that label: use one of "
                        "{}",
                        quoted(key), fmt::join(keys, ", ")));
}

}  // namespace

Result<ByLabel> by_label(const Prepared& prepared, std::string_view key) {
  const pprof::Profile& profile = prepared.profile;
  std::map<std::string_view, Weight> weights;
  for (std::size_t i = 0; i < profile.samples.size(); ++i) {
    weights[text_of(profile, profile.samples[i], key)] += prepared.weight_of(i);
  }
  const bool has_any = std::ranges::any_of(
      weights, [](const auto& entry) { return !entry.first.empty(); });
  if (!has_any && !profile.samples.empty()) {
    return no_label(profile, key);
  }
  ByLabel report{.key = std::string(key),
                 .format = prepared.format(),
                 .total = prepared.total,
                 .values = {}};
  for (const auto& [text, weight] : weights) {
    report.values.push_back({std::string(text), weight.value()});
  }
  std::ranges::sort(report.values, [](const auto& a, const auto& b) {
    return std::tuple(-static_cast<double>(magnitude(a.total)),
                      std::string_view(a.text)) <
           std::tuple(-static_cast<double>(magnitude(b.total)),
                      std::string_view(b.text));
  });
  return report;
}

std::string render_text(const ByLabel& report) {
  std::string text =
      fmt::format("{:>10} {:>6}  {}\n", "total", "share", report.key);
  for (const LabelValue& value : report.values) {
    fmt::format_to(std::back_inserter(text), "{:>10} {}  {}\n",
                   report.format(value.total),
                   percentage(value.total, report.total),
                   value.text.empty() ? "(none)" : value.text);
  }
  return text;
}

}  // namespace kprofefe::view
