// SPDX-License-Identifier: MIT
#include "pprof/legacy/profile_maker.hpp"

#include <fmt/format.h>

namespace kprofefe::pprof::legacy {

void ProfileMaker::set_period(std::string_view type, std::string_view unit,
                              std::int64_t period) {
  profile_.period_type = {.type = profile_.strings.add(type),
                          .unit = profile_.strings.add(unit)};
  profile_.period = period;
}

void ProfileMaker::add_type(std::string_view type, std::string_view unit) {
  profile_.sample_types.push_back(
      {.type = profile_.strings.add(type), .unit = profile_.strings.add(unit)});
}

Parsed<void> ProfileMaker::add_sample(
    std::span<const std::int64_t> values,
    std::span<const std::uint64_t> addresses) {
  if (auto room = check_room(addresses.size()); !room) {
    return room;
  }
  profile_.samples.push_back(
      {.first_frame = static_cast<std::uint32_t>(profile_.frames.size()),
       .frame_count = static_cast<std::uint32_t>(addresses.size()),
       .first_label = static_cast<std::uint32_t>(profile_.labels.size())});
  profile_.values.insert(profile_.values.end(), values.begin(), values.end());
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    const bool is_return = returns_ == ReturnAddresses::all ||
                           (returns_ == ReturnAddresses::but_leaf && i > 0);
    profile_.frames.push_back(location_at(addresses[i] - (is_return ? 1 : 0)));
  }
  if (profile_.locations.size() > limits_.max_count) {
    return oversized(fmt::format("more than {} locations", limits_.max_count));
  }
  return {};
}

void ProfileMaker::add_label(std::string_view key, std::int64_t number) {
  ++profile_.samples.back().label_count;
  profile_.labels.push_back(
      {.key = profile_.strings.add(key), .number = number, .is_number = true});
}

std::optional<std::uint32_t> ProfileMaker::find_location(
    std::uint64_t address) const {
  return by_address_.find(mix_hash(0, address), [&](std::uint32_t index) {
    return addresses_[index] == address;
  });
}

Parsed<void> ProfileMaker::check_room(std::size_t frames) const {
  if (profile_.samples.size() >= limits_.max_count) {
    return oversized(fmt::format("more than {} samples", limits_.max_count));
  }
  if (frames > limits_.max_depth) {
    return oversized(
        fmt::format("the stack of sample {} has more than {} "
                    "frames",
                    profile_.samples.size() + 1, limits_.max_depth));
  }
  if (profile_.frames.size() + frames > limits_.max_frames) {
    return oversized(
        fmt::format("more than {} frames in all stacks", limits_.max_frames));
  }
  return {};
}

std::uint32_t ProfileMaker::location_at(std::uint64_t address) {
  if (const auto known = find_location(address)) {
    return *known;
  }
  const auto index = static_cast<std::uint32_t>(addresses_.size());
  addresses_.push_back(address);
  profile_.locations.push_back({.address = address});
  by_address_.add(mix_hash(0, address), index);
  return index;
}

}  // namespace kprofefe::pprof::legacy
