// SPDX-License-Identifier: MIT
#include "pprof/merge/label_order.hpp"
#include "pprof/wire/profile_fields.hpp"
#include "pprof/wire/resolve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

namespace kprofefe::pprof {
namespace {

class SampleReader {
 public:
  SampleReader(Resolving& state, const IdMap& locations,
               const ReadLimits& limits)
      : state_(state), locations_(locations), limits_(limits) {
    for (const Location& location : state.profile.locations) {
      most_lines_ = std::max(most_lines_, frames_at(location));
    }
  }

  bool take(std::string_view message) {
    Profile& profile = state_.profile;
    Sample sample{
        .first_frame = static_cast<std::uint32_t>(profile.frames.size()),
        .first_label = static_cast<std::uint32_t>(profile.labels.size())};
    first_value_ = profile.values.size();
    const bool fine = for_each_field(
        message, [&](const Field& field) { return take_field(field); });
    if (!fine || !check_values(profile.values.size() - first_value_)) {
      return false;
    }
    sample.frame_count =
        static_cast<std::uint32_t>(profile.frames.size()) - sample.first_frame;
    sample.label_count =
        static_cast<std::uint32_t>(profile.labels.size()) - sample.first_label;
    sort_labels(profile, sample);
    profile.samples.push_back(sample);
    return sample.frame_count * most_lines_ <= limits_.max_depth ||
           count_frames(profile.frames_of(sample)) <= limits_.max_depth ||
           too_deep();
  }

  /// Whether all stacks together are what somebody could look at.
  bool check_frames() {
    const std::vector<std::uint32_t>& frames = state_.profile.frames;
    return frames.size() * most_lines_ <= limits_.max_frames ||
           count_frames(frames) <= limits_.max_frames ||
           state_.complain_of_size(fmt::format(
               "more than {} frames in all stacks", limits_.max_frames));
  }

 private:
  bool take_field(const Field& field) {
    switch (field.number) {
      case proto::Sample::location_id:
        return take_frames(field);
      case proto::Sample::value:
        return take_values(field);
      case proto::Sample::label:
        return field.is_bytes && take_label(field.bytes);
      default:
        return true;
    }
  }

  bool take_values(const Field& field) {
    std::vector<std::int64_t>& values = state_.profile.values;
    // A profile that has more of them than types is refused, see below.
    const std::size_t most =
        first_value_ + state_.profile.sample_types.size() + 1;
    return for_each_number(field, [&](std::uint64_t value) {
      if (values.size() < most) {
        values.push_back(static_cast<std::int64_t>(value));
      }
    });
  }

  bool take_frames(const Field& field) {
    std::vector<std::uint32_t>& frames = state_.profile.frames;
    std::size_t next = frames.size();
    frames.resize(next + count_numbers(field));
    bool known = true;
    const bool fine = for_each_number(field, [&](std::uint64_t id) {
      const std::uint32_t location = locations_.find(id);
      if (location == k_none && known) {
        known = no_location(id);
      }
      frames[next++] = location;
    });
    return fine && known;
  }

  bool take_label(std::string_view message) {
    using Fields = proto::Label;
    std::array<std::uint64_t, Fields::end> numbers{};
    if (!take_numbers(message, numbers)) {
      return false;
    }
    Label label{.key = state_.string(numbers[Fields::key])};
    if (numbers[Fields::str] != 0) {
      label.text = state_.string(numbers[Fields::str]);
    } else {
      label.is_number = true;
      label.number = static_cast<std::int64_t>(numbers[Fields::num]);
      label.unit = state_.string(numbers[Fields::num_unit]);
    }
    // What says nothing could not be written either. pprof keeps it where an
    // index other than 0 names an empty string, until it writes the profile.
    if (label.text != 0 || label.number != 0 || label.unit != 0) {
      state_.profile.labels.push_back(label);
    }
    return state_.problem.empty();
  }

  bool check_values(std::size_t count) {
    const std::size_t types = state_.profile.sample_types.size();
    if (count > types) {
      return state_.complain(
          fmt::format("sample {} has more values than there are sample types "
                      "({})",
                      number(), types));
    }
    return count == types || state_.complain(fmt::format(
                                 "sample {} has {} values for {} sample types",
                                 number(), count, types));
  }

  static std::size_t frames_at(const Location& location) {
    return std::max<std::size_t>(location.line_count, 1);
  }

  [[nodiscard]] std::size_t count_frames(
      std::span<const std::uint32_t> frames) const {
    std::size_t count = 0;
    for (const std::uint32_t frame : frames) {
      count += frame == k_none ? 1 : frames_at(state_.profile.locations[frame]);
    }
    return count;
  }

  bool no_location(std::uint64_t id) {
    return state_.complain(
        fmt::format("sample {} refers to missing location {}", number(), id));
  }

  bool too_deep() {
    return state_.complain_of_size(
        fmt::format("the stack of sample {} has more than {} frames",
                    number() - 1, limits_.max_depth));
  }

  /// Of the current sample, counted from 1.
  [[nodiscard]] std::size_t number() const {
    return state_.profile.samples.size() + 1;
  }

  Resolving& state_;
  const IdMap& locations_;
  const ReadLimits& limits_;
  std::size_t most_lines_ = 1;
  std::size_t first_value_ = 0;  // of the current sample
};

}  // namespace

Result<void> resolve_samples(Resolving& state, const IdMap& locations,
                             const ReadLimits& limits) {
  const Section& section = state.raw.samples;
  Profile& profile = state.profile;
  profile.samples.reserve(section.count);
  // Every value takes a byte of the message at least.
  profile.values.reserve(std::min(section.count * profile.sample_types.size(),
                                  section.end - section.begin));
  SampleReader reader(state, locations, limits);
  TRY(for_each_message(state.raw, section, [&](std::string_view message) {
    return reader.take(message);
  }));
  // What is too much is the state's problem.
  [[maybe_unused]] const bool fine = reader.check_frames();
  return {};
}

}  // namespace kprofefe::pprof
