// SPDX-License-Identifier: MIT
#include "pprof/label_frames.hpp"

#include "base/text.hpp"
#include "pprof/measurement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <utility>

namespace kprofefe::pprof {
namespace {

/// Of one sample: labels cost little in a file, and each is a whole text here.
constexpr std::size_t k_most_bytes = std::size_t{16} << 20;

/// The keys, the last first, as frames stand in a stack.
std::vector<StringId> keys_of(Profile& profile, std::string_view list) {
  std::vector<StringId> keys;
  for (const std::string_view key : split(list, ',')) {
    if (!key.empty()) {
      keys.push_back(profile.strings.add(key));
    }
  }
  std::ranges::reverse(keys);
  return keys;
}

/// Makes frames of a profile's labels.
class FrameMaker {
 public:
  FrameMaker(Profile& profile, std::string_view unit)
      : profile_(profile), unit_(unit) {}

  /// The locations that stand for these labels of a sample.
  std::vector<std::uint32_t> frames_of(const Sample& sample,
                                       std::span<const StringId> keys,
                                       bool& found) {
    std::vector<std::uint32_t> frames;
    frames.reserve(keys.size());
    for (const StringId key : keys) {
      const std::vector<std::string> values = values_of(sample, key);
      found |= !values.empty();
      frames.push_back(location_of(
          profile_.strings.add(fmt::format("{}", fmt::join(values, ","))),
          key));
    }
    return frames;
  }

 private:
  /// Texts first, then numbers, as the labels are sorted.
  [[nodiscard]] std::vector<std::string> values_of(const Sample& sample,
                                                   StringId key) const {
    const auto labels = profile_.labels_of(sample);
    // A unit is of the sample's own numbers of that key.
    const bool has_units =
        std::ranges::any_of(labels, [key](const auto& label) {
          return label.key == key && label.unit != 0;
        });
    std::vector<std::string> values;
    std::size_t bytes = 0;
    for (const Label& label : labels) {
      if (label.key != key || bytes > k_most_bytes) {
        continue;
      }
      values.push_back(label.is_number
                           ? measure_text(label.number,
                                          profile_.strings.at(label.unit),
                                          has_units ? unit_ : "")
                           : std::string(profile_.strings.at(label.text)));
      bytes += values.back().size();
    }
    return values;
  }

  std::uint32_t location_of(StringId name, StringId key) {
    const auto index = static_cast<std::uint32_t>(profile_.locations.size());
    const auto [known, is_new] = made_.try_emplace({name, key}, index);
    if (!is_new) {
      return known->second;
    }
    profile_.lines.push_back(
        {.function = static_cast<std::uint32_t>(profile_.functions.size())});
    profile_.functions.push_back({.name = name, .file = key});
    profile_.locations.push_back(
        {.first_line = static_cast<std::uint32_t>(profile_.lines.size() - 1),
         .line_count = 1});
    give_id();
    return index;
  }

  /// The number behind the largest of the file's.
  void give_id() {
    std::vector<std::uint64_t>& ids = profile_.location_ids;
    if (ids.empty()) {
      return;
    }
    if (next_id_ == 0) {
      next_id_ = *std::ranges::max_element(ids) + 1;
    }
    ids.push_back(next_id_++);
  }

  Profile& profile_;
  std::string_view unit_;
  /// By name and file.
  std::map<std::pair<StringId, StringId>, std::uint32_t> made_;
  std::uint64_t next_id_ = 0;
};

/// Which labels were there.
struct Found {
  bool root = false;
  bool leaf = false;
};

Found add_frames(Profile& profile, std::span<const StringId> roots,
                 std::span<const StringId> leaves, std::string_view unit) {
  Found found;
  FrameMaker maker(profile, unit);
  std::vector<std::uint32_t> frames;
  frames.reserve(profile.frames.size() +
                 profile.samples.size() * (roots.size() + leaves.size()));
  const auto append = [&frames](std::span<const std::uint32_t> more) {
    frames.insert(frames.end(), more.begin(), more.end());
  };
  for (Sample& sample : profile.samples) {
    const auto first = static_cast<std::uint32_t>(frames.size());
    const auto above = maker.frames_of(sample, roots, found.root);
    append(maker.frames_of(sample, leaves, found.leaf));
    append(profile.frames_of(sample));
    append(above);
    sample.first_frame = first;
    sample.frame_count = static_cast<std::uint32_t>(frames.size()) - first;
  }
  profile.frames = std::move(frames);
  return found;
}

}  // namespace

std::vector<std::string> add_label_frames(Profile& profile,
                                          const LabelFrames& wanted,
                                          std::string_view unit) {
  const std::vector<StringId> roots = keys_of(profile, wanted.root);
  const std::vector<StringId> leaves = keys_of(profile, wanted.leaf);
  Found found;
  if (!roots.empty() || !leaves.empty()) {
    found = add_frames(profile, roots, leaves, unit);
  }
  std::vector<std::string> warnings;
  if (!wanted.root.empty() && !found.root) {
    warnings.emplace_back("TagRoot expression matched no samples");
  }
  if (!wanted.leaf.empty() && !found.leaf) {
    warnings.emplace_back("TagLeaf expression matched no samples");
  }
  return warnings;
}

}  // namespace kprofefe::pprof
