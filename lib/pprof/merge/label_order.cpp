// SPDX-License-Identifier: MIT
#include "pprof/merge/label_order.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace kprofefe::pprof {

void sort_labels(Profile& profile, const Sample& sample) {
  if (sample.label_count < 2) {
    return;
  }
  const auto before = [&](const Label& a, const Label& b) {
    if (a.is_number != b.is_number) {
      return b.is_number;
    }
    return a.key != b.key &&
           profile.strings.at(a.key) < profile.strings.at(b.key);
  };
  const auto labels =
      std::span(profile.labels).subspan(sample.first_label, sample.label_count);
  if (std::ranges::is_sorted(labels, before)) {
    return;
  }
  // Those of one key keep their order, so each is numbered.
  std::vector<std::pair<Label, std::size_t>> numbered;
  numbered.reserve(labels.size());
  for (const Label& label : labels) {
    numbered.emplace_back(label, numbered.size());
  }
  std::ranges::sort(numbered, [&](const auto& a, const auto& b) {
    return before(a.first, b.first) ||
           (!before(b.first, a.first) && a.second < b.second);
  });
  std::ranges::transform(numbered, labels.begin(),
                         [](const auto& entry) { return entry.first; });
}

}  // namespace kprofefe::pprof
