// SPDX-License-Identifier: MIT
#include "pprof/sample_labels.hpp"

#include "pprof/merge/label_order.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

namespace kprofefe::pprof {
namespace {

bool has_key(const Label& label, StringId key) {
  return !label.is_number && label.key == key;
}

/// Every sample for which `wants(labels)` holds loses its text labels of that
/// key and gets the new one.
template <typename Wants>
void label_samples(Profile& profile, std::string_view key,
                   std::string_view text, Wants&& wants) {
  const Label added{.key = profile.strings.add(key),
                    .text = profile.strings.add(text)};
  std::vector<Label> labels;
  labels.reserve(profile.labels.size() + profile.samples.size());
  for (Sample& sample : profile.samples) {
    const auto first = static_cast<std::uint32_t>(labels.size());
    const auto own = profile.labels_of(sample);
    if (wants(own, added.key)) {
      std::ranges::copy_if(
          own, std::back_inserter(labels),
          [&](const Label& label) { return !has_key(label, added.key); });
      labels.push_back(added);
    } else {
      std::ranges::copy(own, std::back_inserter(labels));
    }
    sample.first_label = first;
    sample.label_count = static_cast<std::uint32_t>(labels.size()) - first;
  }
  profile.labels = std::move(labels);
  for (const Sample& sample : profile.samples) {
    sort_labels(profile, sample);
  }
}

}  // namespace

void set_label(Profile& profile, std::string_view key, std::string_view text) {
  label_samples(profile, key, text, [](const auto&, StringId) { return true; });
}

void add_label(Profile& profile, std::string_view key, std::string_view text) {
  if (text.empty()) {
    return;
  }
  label_samples(profile, key, text, [](const auto& labels, StringId added) {
    return std::ranges::none_of(
        labels, [added](const Label& label) { return has_key(label, added); });
  });
}

}  // namespace kprofefe::pprof
