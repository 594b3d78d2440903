// SPDX-License-Identifier: MIT
#include "pprof/sample_labels.hpp"

#include "pprof/merge/label_order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <set>
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

std::vector<std::string> pods_of(const Profile& profile) {
  const auto pod_key = profile.strings.find("pod");
  const auto namespace_key = profile.strings.find("namespace");
  std::set<std::pair<StringId, StringId>> pods;
  for (const Sample& sample : profile.samples) {
    std::pair<StringId, StringId> pod;
    for (const Label& label : profile.labels_of(sample)) {
      if (pod_key && has_key(label, *pod_key)) {
        pod.second = label.text;
      } else if (namespace_key && has_key(label, *namespace_key)) {
        pod.first = label.text;
      }
    }
    pods.insert(pod);
  }
  std::vector<std::string> names;
  for (const auto& [ns, name] : pods) {
    if (name != 0) {
      names.push_back(fmt::format("{}{}{}", profile.strings.at(ns),
                                  ns == 0 ? "" : "/",
                                  profile.strings.at(name)));
    }
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace kprofefe::pprof
