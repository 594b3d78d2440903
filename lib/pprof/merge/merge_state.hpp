// SPDX-License-Identifier: MIT
#pragma once

#include "base/hash_index.hpp"
#include "pprof/profile.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace kprofefe::pprof {

/// Whether all values are 0.
inline bool is_zero(std::span<const std::int64_t> values) {
  return std::ranges::all_of(values, [](std::int64_t v) { return v == 0; });
}

/// The sum of profiles, and where to find in it what the next one has, too.
class MergeState {
 public:
  /// The types of `profile` must be those of the sum, unless it is the first.
  void add(const Profile& profile);

  [[nodiscard]] Profile& sum() { return sum_; }

  /// How many were added.
  [[nodiscard]] std::size_t profiles() const { return profiles_; }

 private:
  /// Where a mapping of the source is in the sum, and how far it was moved.
  struct MovedMapping {
    std::uint32_t index = k_none;
    std::uint64_t shift = 0;
  };

  void begin_source(const Profile& source);
  void add_header();
  void add_comments();
  void add_sample(std::size_t index);
  void take_labels(const Sample& sample);
  void append_sample(std::size_t index);
  void add_values(std::uint32_t sample, std::size_t index);
  StringId string(StringId id);
  std::uint32_t location(std::uint32_t index);
  void take_lines(const Location& location);
  [[nodiscard]] bool same_location(const Location& known,
                                   const Location& location) const;
  const MovedMapping& mapping(std::uint32_t index);
  [[nodiscard]] static bool same_mapping(const Mapping& known,
                                         const Mapping& mapping);
  std::uint32_t function(std::uint32_t index);

  Profile sum_;
  std::size_t profiles_ = 0;
  HashIndex samples_;
  HashIndex locations_;
  HashIndex functions_;
  HashIndex mappings_;
  std::vector<bool> seen_comments_;

  // The source's indices to the sum's; k_none for what was not met yet.
  const Profile* source_ = nullptr;
  std::vector<StringId> string_ids_;
  std::vector<std::uint32_t> location_indices_;
  std::vector<std::uint32_t> function_indices_;
  std::vector<MovedMapping> moved_mappings_;

  // What is looked up, in the sum's numbers.
  std::vector<std::uint32_t> frames_;
  std::vector<Label> labels_;
  std::vector<Line> lines_;
};

}  // namespace kprofefe::pprof
