// SPDX-License-Identifier: MIT
#include "collect/odd_annotations.hpp"

#include "base/text.hpp"
#include "collect/annotation.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace kprofefe::collect {
namespace {

/// How many letters must be put in, taken out or changed (Levenshtein).
std::size_t distance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row(to.size() + 1);
  for (std::size_t i = 0; i < row.size(); ++i) {
    row[i] = i;
  }
  for (const char letter : from) {
    std::size_t diagonal = row[0]++;
    for (std::size_t i = 0; i < to.size(); ++i) {
      const std::size_t changed = diagonal + (letter == to[i] ? 0 : 1);
      diagonal = row[i + 1];
      row[i + 1] = std::min({row[i] + 1, row[i + 1] + 1, changed});
    }
  }
  return row.back();
}

std::string describe(std::string_view key) {
  constexpr std::size_t k_near = 3;
  constexpr std::size_t k_longest = 63;  // of Kubernetes, after the slash
  const auto far = [&](std::string_view known) { return distance(key, known); };
  const auto* const nearest = std::ranges::min_element(k_annotations, {}, far);
  const std::string shown = one_line(key);
  if (key.size() <= k_longest + kube::k_annotation_prefix.size() &&
      far(*nearest) <= k_near) {
    return fmt::format("unknown annotation {}; did you mean {}?", shown,
                       *nearest);
  }
  return fmt::format("unknown annotation {}: use one of {}", shown,
                     fmt::join(k_annotations, ", "));
}

}  // namespace

std::vector<std::string> odd_annotations(const kube::Pod& pod) {
  std::vector<std::string> sentences;
  for (const auto& [key, ignored] : pod.annotations) {
    if (key.starts_with(kube::k_annotation_prefix) && !is_known(key)) {
      sentences.push_back(describe(key));
    }
  }
  return sentences;
}

}  // namespace kprofefe::collect
