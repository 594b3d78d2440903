// SPDX-License-Identifier: MIT
#include "view/total.hpp"

#include "base/arithmetic.hpp"
#include "view/weight.hpp"

#include <algorithm>

namespace kprofefe::view {
namespace {

/// Whether the sample is of the base of a comparison.
bool is_of_base(const pprof::Profile& profile, const pprof::Sample& sample,
                const pprof::Label& mark) {
  return std::ranges::any_of(
      profile.labels_of(sample), [&](const pprof::Label& label) {
        return !label.is_number && label.key == mark.key &&
               label.text == mark.text;
      });
}

/// The label that the samples of a base have, if there is one.
std::optional<pprof::Label> base_mark(const pprof::Profile& profile) {
  const auto key = profile.strings.find("pprof::base");
  const auto text = profile.strings.find("true");
  return key && text ? std::optional(pprof::Label{.key = *key, .text = *text})
                     : std::nullopt;
}

}  // namespace

std::int64_t total_of(const pprof::Profile& profile, std::size_t value_index,
                      std::optional<std::size_t> divisor_index) {
  const std::optional<pprof::Label> mark = base_mark(profile);
  Weight all;
  Weight base;
  for (std::size_t at = 0; at < profile.samples.size(); ++at) {
    const auto values = profile.values_of(at);
    const Weight weight{magnitude(values[value_index]),
                        divisor_index ? values[*divisor_index] : 0};
    all += weight;
    if (mark && is_of_base(profile, profile.samples[at], *mark)) {
      base += weight;
    }
  }
  return base.sum > 0 ? base.value() : all.value();
}

std::vector<std::int64_t> totals_of(const pprof::Profile& profile) {
  std::vector<std::int64_t> totals;
  totals.reserve(profile.sample_types.size());
  for (std::size_t i = 0; i < profile.sample_types.size(); ++i) {
    totals.push_back(total_of(profile, i));
  }
  return totals;
}

}  // namespace kprofefe::view
