// SPDX-License-Identifier: MIT
#include "pprof/merge/merge_state.hpp"

#include "base/arithmetic.hpp"

#include <utility>

namespace kprofefe::pprof {
namespace {

std::uint32_t size_of(const auto& table) {
  return static_cast<std::uint32_t>(table.size());
}

/// A mapping's size in whole pages: loaders differ in less.
std::uint64_t pages_of(const Mapping& mapping) {
  constexpr std::uint64_t k_page = 0x1000;
  return (mapping.limit - mapping.start + k_page - 1) / k_page;
}

/// What names a mapping's file best.
StringId file_key(const Mapping& mapping) {
  return mapping.build_id != 0 ? mapping.build_id : mapping.file;
}

std::uint64_t hash_of(const Label& label) {
  std::uint64_t hash = mix_hash(label.key, label.text);
  hash = mix_hash(hash, static_cast<std::uint64_t>(label.number));
  return mix_hash(hash,
                  std::uint64_t{label.unit} << 1 | (label.is_number ? 1 : 0));
}

/// Lines that pprof tells apart: of inlined ones it compares the column of the
/// outermost only.
bool same_lines(std::span<const Line> a, std::span<const Line> b) {
  return std::ranges::equal(a, b,
                            [](const Line& x, const Line& y) {
                              return x.function == y.function &&
                                     x.line == y.line;
                            }) &&
         (a.empty() || a.back().column == b.back().column);
}

}  // namespace

void MergeState::add(const Profile& profile) {
  begin_source(profile);
  add_header();
  // The first mapping is the program, so it is to stay the first.
  if (sum_.mappings.empty() && !profile.mappings.empty()) {
    mapping(0);
  }
  for (std::size_t i = 0; i < profile.samples.size(); ++i) {
    if (!is_zero(profile.values_of(i))) {
      add_sample(i);
    }
  }
  ++profiles_;
  source_ = nullptr;
}

void MergeState::begin_source(const Profile& source) {
  source_ = &source;
  string_ids_.assign(source.strings.size(), k_none);
  string_ids_[0] = 0;
  location_indices_.assign(source.locations.size(), k_none);
  function_indices_.assign(source.functions.size(), k_none);
  moved_mappings_.assign(source.mappings.size(), {});
}

void MergeState::add_header() {
  const Profile& source = *source_;
  if (profiles_ == 0) {
    for (const ValueKind& kind : source.sample_types) {
      sum_.sample_types.push_back({string(kind.type), string(kind.unit)});
    }
    sum_.period_type = {string(source.period_type.type),
                        string(source.period_type.unit)};
    sum_.drop_frames = string(source.drop_frames);
    sum_.keep_frames = string(source.keep_frames);
  }
  if (sum_.time_nanos == 0 || source.time_nanos < sum_.time_nanos) {
    sum_.time_nanos = source.time_nanos;
  }
  sum_.duration_nanos = sum_of(sum_.duration_nanos, source.duration_nanos);
  if (sum_.period == 0 || sum_.period < source.period) {
    sum_.period = source.period;
  }
  if (sum_.default_sample_type == 0) {
    sum_.default_sample_type = string(source.default_sample_type);
  }
  if (sum_.doc_url == 0) {
    sum_.doc_url = string(source.doc_url);
  }
  add_comments();
}

void MergeState::add_comments() {
  for (const StringId id : source_->comments) {
    const StringId comment = string(id);
    seen_comments_.resize(
        std::max(seen_comments_.size(), std::size_t{comment} + 1));
    if (!seen_comments_[comment]) {
      seen_comments_[comment] = true;
      sum_.comments.push_back(comment);
    }
  }
}

void MergeState::add_sample(std::size_t index) {
  const Sample& sample = source_->samples[index];
  frames_.clear();
  for (const std::uint32_t frame : source_->frames_of(sample)) {
    frames_.push_back(location(frame));
  }
  take_labels(sample);
  std::uint64_t hash = mix_hash(0, frames_);
  for (const Label& label : labels_) {
    hash = mix_hash(hash, hash_of(label));
  }
  const auto known = samples_.find(hash, [&](std::uint32_t i) {
    return std::ranges::equal(sum_.frames_of(sum_.samples[i]), frames_) &&
           std::ranges::equal(sum_.labels_of(sum_.samples[i]), labels_);
  });
  if (known) {
    add_values(*known, index);
  } else {
    samples_.add(hash, size_of(sum_.samples));
    append_sample(index);
  }
}

void MergeState::take_labels(const Sample& sample) {
  labels_.clear();
  for (Label label : source_->labels_of(sample)) {
    label.key = string(label.key);
    label.text = string(label.text);
    label.unit = string(label.unit);
    labels_.push_back(label);
  }
}

void MergeState::append_sample(std::size_t index) {
  sum_.samples.push_back({.first_frame = size_of(sum_.frames),
                          .frame_count = size_of(frames_),
                          .first_label = size_of(sum_.labels),
                          .label_count = size_of(labels_)});
  sum_.frames.insert(sum_.frames.end(), frames_.begin(), frames_.end());
  sum_.labels.insert(sum_.labels.end(), labels_.begin(), labels_.end());
  const auto values = source_->values_of(index);
  sum_.values.insert(sum_.values.end(), values.begin(), values.end());
}

void MergeState::add_values(std::uint32_t sample, std::size_t index) {
  const auto values = sum_.values_of(sample);
  std::ranges::transform(values, source_->values_of(index), values.begin(),
                         sum_of);
}

StringId MergeState::string(StringId id) {
  if (string_ids_[id] == k_none) {
    string_ids_[id] = sum_.strings.add(source_->strings, id);
  }
  return string_ids_[id];
}

std::uint32_t MergeState::location(std::uint32_t index) {
  if (location_indices_[index] != k_none) {
    return location_indices_[index];
  }
  Location moved = source_->locations[index];
  if (moved.mapping != k_none) {
    const MovedMapping& to = mapping(moved.mapping);
    moved.mapping = to.index;
    moved.address += to.shift;
  }
  take_lines(moved);
  std::uint64_t hash = mix_hash(moved.address, moved.mapping);
  for (const Line& line : lines_) {
    hash = mix_hash(mix_hash(hash, line.function),
                    static_cast<std::uint64_t>(line.line));
  }
  const auto known = locations_.find(hash, [&](std::uint32_t i) {
    return same_location(sum_.locations[i], moved);
  });
  if (!known) {
    locations_.add(hash, size_of(sum_.locations));
    moved.first_line = size_of(sum_.lines);
    sum_.lines.insert(sum_.lines.end(), lines_.begin(), lines_.end());
    sum_.locations.push_back(moved);
  }
  location_indices_[index] = known.value_or(size_of(sum_.locations) - 1);
  return location_indices_[index];
}

void MergeState::take_lines(const Location& location) {
  lines_.clear();
  for (Line line : source_->lines_of(location)) {
    line.function = function(line.function);
    lines_.push_back(line);
  }
}

bool MergeState::same_location(const Location& known,
                               const Location& location) const {
  return known.address == location.address &&
         known.mapping == location.mapping &&
         known.is_folded == location.is_folded &&
         same_lines(sum_.lines_of(known), lines_);
}

const MergeState::MovedMapping& MergeState::mapping(std::uint32_t index) {
  MovedMapping& moved = moved_mappings_[index];
  if (moved.index != k_none) {
    return moved;
  }
  Mapping mapping = source_->mappings[index];
  mapping.file = string(mapping.file);
  mapping.build_id = string(mapping.build_id);
  const std::uint64_t hash =
      mix_hash(mix_hash(pages_of(mapping), mapping.offset), file_key(mapping));
  const auto known = mappings_.find(hash, [&](std::uint32_t i) {
    return same_mapping(sum_.mappings[i], mapping);
  });
  if (!known) {
    mappings_.add(hash, size_of(sum_.mappings));
    sum_.mappings.push_back(mapping);
  }
  moved.index = known.value_or(size_of(sum_.mappings) - 1);
  moved.shift = sum_.mappings[moved.index].start - mapping.start;
  return moved;
}

bool MergeState::same_mapping(const Mapping& known, const Mapping& mapping) {
  return pages_of(known) == pages_of(mapping) &&
         known.offset == mapping.offset && file_key(known) == file_key(mapping);
}

std::uint32_t MergeState::function(std::uint32_t index) {
  if (function_indices_[index] != k_none) {
    return function_indices_[index];
  }
  Function function = source_->functions[index];
  function.name = string(function.name);
  function.system_name = string(function.system_name);
  function.file = string(function.file);
  std::uint64_t hash = mix_hash(function.name, function.system_name);
  hash = mix_hash(mix_hash(hash, function.file),
                  static_cast<std::uint64_t>(function.start_line));
  const auto known = functions_.find(
      hash, [&](std::uint32_t i) { return sum_.functions[i] == function; });
  if (!known) {
    functions_.add(hash, size_of(sum_.functions));
    sum_.functions.push_back(function);
  }
  function_indices_[index] = known.value_or(size_of(sum_.functions) - 1);
  return function_indices_[index];
}

}  // namespace kprofefe::pprof
