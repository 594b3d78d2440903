// SPDX-License-Identifier: MIT
#include "fuzz_target.hpp"
#include "profile_input.hpp"

#include "base/text.hpp"
#include "pprof/aggregate.hpp"
#include "pprof/filter.hpp"
#include "pprof/prepare.hpp"
#include "pprof/write.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace kprofefe::pprof;

/// One expression a line, in the order of the struct.
Filters filters_of(std::string_view text) {
  Filters filters;
  const std::array<std::string*, 10> fields = {
      &filters.focus,      &filters.ignore,    &filters.hide,
      &filters.show,       &filters.show_from, &filters.tag_focus,
      &filters.tag_ignore, &filters.tag_show,  &filters.tag_hide,
      &filters.prune_from};
  const auto lines = kprofefe::split(text, '\n');
  for (std::size_t i = 0; i < std::min(lines.size(), fields.size()); ++i) {
    *fields.at(i) = lines[i];
  }
  return filters;
}

/// What can be written and read again is whole.
void check_whole(const Profile& profile) {
  const auto again = read_profile(encode_profile(profile), k_limits);
  check(again && again->samples.size() == profile.samples.size());
}

}  // namespace

/// The filters, of at most 63 bytes, which the first byte counts; then a
/// message.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const Input input =
      cut_input(data, size, [](std::size_t first) { return first & 0x3fU; });
  auto profile = read_profile(input.tail, k_limits);
  if (!profile) {
    return 0;
  }
  add_missing_mapping(*profile);
  prepare(*profile);
  const std::size_t samples = profile->samples.size();
  const bool is_filtered =
      apply_filters(*profile, filters_of(input.head)).has_value();
  check(!is_filtered || profile->samples.size() <= samples);
  check_whole(*profile);
  aggregate(*profile,
            {.granularity =
                 Granularity{static_cast<std::uint8_t>((input.first >> 6) + 1)},
             .no_inlines = (input.first & 1U) != 0});
  check_whole(*profile);
  return 0;
}
