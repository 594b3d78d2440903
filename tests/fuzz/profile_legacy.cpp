// SPDX-License-Identifier: MIT
#include "fuzz_target.hpp"
#include "profile_input.hpp"

#include "pprof/legacy/legacy.hpp"
#include "pprof/write.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace {

using namespace kprofefe::pprof;

/// Whether every index is that of something.
bool is_consistent(const Profile& profile) {
  const auto all = [](const auto& range, const auto& holds) {
    return std::ranges::all_of(range, holds);
  };
  return profile.values.size() ==
             profile.samples.size() * profile.sample_types.size() &&
         all(profile.samples,
             [&](const Sample& sample) {
               return sample.first_frame + sample.frame_count <=
                          profile.frames.size() &&
                      sample.first_label + sample.label_count <=
                          profile.labels.size();
             }) &&
         all(profile.frames,
             [&](std::uint32_t frame) {
               return frame < profile.locations.size();
             }) &&
         all(profile.locations,
             [&](const Location& location) {
               return location.first_line + location.line_count <=
                          profile.lines.size() &&
                      (location.mapping == k_none ||
                       location.mapping < profile.mappings.size());
             }) &&
         all(profile.lines, [&](const Line& line) {
           return line.function < profile.functions.size();
         });
}

}  // namespace

/// What is read keeps the limits, and can be written as profile.proto.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const auto profile =
      legacy::read({reinterpret_cast<const char*>(data), size}, k_limits);
  if (!profile) {
    return 0;
  }
  if (!*profile) {
    check(profile->error().message.size() >= 20);  // a refusal says why
    return 0;
  }
  check(is_consistent(**profile));
  check((*profile)->samples.size() <= k_limits.max_count &&
        (*profile)->locations.size() <= k_limits.max_count);
  if (!(*profile)->sample_types.empty()) {
    const auto again = read_profile(encode_profile(**profile));
    check(again && again->samples.size() == (*profile)->samples.size());
  }
  return 0;
}
