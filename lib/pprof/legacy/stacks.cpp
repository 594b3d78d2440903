// SPDX-License-Identifier: MIT
#include "pprof/legacy/stacks.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace kprofefe::pprof::legacy {
namespace {

void drop_second_frame(Profile& profile, Sample& sample) {
  profile.frames[sample.first_frame + 1] = profile.frames[sample.first_frame];
  ++sample.first_frame;
  --sample.frame_count;
}

/// The location of the second frame; k_none: there is no second frame.
std::uint32_t second_frame(const Profile& profile, const Sample& sample) {
  return sample.frame_count > 1 ? profile.frames[sample.first_frame + 1]
                                : k_none;
}

/// The second frame that all stacks have but one in 32; k_none: none.
std::uint32_t common_second_frame(const Profile& profile) {
  constexpr std::size_t k_samples_per_exception = 32;
  const std::size_t samples = profile.samples.size();
  const std::size_t enough = samples - samples / k_samples_per_exception;
  std::vector<std::size_t> counts(profile.locations.size());
  for (const Sample& sample : profile.samples) {
    const std::uint32_t frame = second_frame(profile, sample);
    if (frame != k_none && ++counts[frame] >= enough) {
      return frame;
    }
  }
  return k_none;
}

}  // namespace

void drop_doubled_leaves(Profile& profile) {
  for (Sample& sample : profile.samples) {
    const std::uint32_t second = second_frame(profile, sample);
    if (second != k_none &&
        profile.locations[profile.frames[sample.first_frame]].address ==
            profile.locations[second].address + 1) {
      drop_second_frame(profile, sample);
    }
  }
}

void drop_signal_handler(Profile& profile) {
  for (int frames = 0; frames < 2; ++frames) {
    const std::uint32_t common = common_second_frame(profile);
    if (common == k_none) {
      return;
    }
    for (Sample& sample : profile.samples) {
      if (second_frame(profile, sample) == common) {
        drop_second_frame(profile, sample);
      }
    }
  }
}

void keep_named_locations(Profile& profile) {
  std::vector<std::uint32_t> moved_to(profile.locations.size(), k_none);
  std::vector<Location> kept;
  kept.reserve(profile.locations.size());
  // Anew: what was dropped of stacks names locations that are no longer there.
  std::vector<std::uint32_t> frames;
  frames.reserve(profile.frames.size());
  for (Sample& sample : profile.samples) {
    const auto first = static_cast<std::uint32_t>(frames.size());
    for (const std::uint32_t location : profile.frames_of(sample)) {
      if (moved_to[location] == k_none) {
        moved_to[location] = static_cast<std::uint32_t>(kept.size());
        kept.push_back(profile.locations[location]);
      }
      frames.push_back(moved_to[location]);
    }
    sample.first_frame = first;
  }
  profile.locations = std::move(kept);
  profile.frames = std::move(frames);
}

}  // namespace kprofefe::pprof::legacy
