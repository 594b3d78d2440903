// SPDX-License-Identifier: MIT
#include "pprof/diff.hpp"

#include "pprof/merge.hpp"
#include "pprof/merge/compatible.hpp"
#include "pprof/sample_labels.hpp"
#include "pprof/scale.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace kprofefe::pprof {
namespace {

std::vector<double> sums_of(const Profile& profile) {
  std::vector<std::uint64_t> sums(profile.sample_types.size(), 0);
  for (std::size_t i = 0; i < profile.samples.size(); ++i) {
    std::ranges::transform(sums, profile.values_of(i), sums.begin(),
                           [](std::uint64_t sum, std::int64_t value) {
                             return sum + static_cast<std::uint64_t>(value);
                           });
  }
  std::vector<double> numbers(sums.size());
  std::ranges::transform(sums, numbers.begin(), [](std::uint64_t sum) {
    return static_cast<double>(static_cast<std::int64_t>(sum));
  });
  return numbers;
}

/// Scales each sample type so that its sum is that of `base`. Errors: usage,
/// when the types of the two are not the same.
Result<void> normalize(Profile& profile, const Profile& base) {
  TRY(check_same_types(profile, base));
  const std::vector<double> own = sums_of(profile);
  std::vector<double> ratios = sums_of(base);
  for (std::size_t i = 0; i < ratios.size(); ++i) {
    ratios[i] = own[i] == 0 ? 0 : ratios[i] / own[i];
  }
  scale(profile, ratios);
  return {};
}

}  // namespace

Result<void> make_comparable(Profile& profile, Profile& base,
                             bool is_normalized) {
  if (is_normalized) {
    TRY(normalize(profile, base));
  }
  TRY(make_compatible(profile, base));
  if (profile.default_sample_type == 0) {
    profile.default_sample_type =
        profile.strings.add(base.strings.at(base.default_sample_type));
  }
  return {};
}

Result<Profile> diff(Profile profile, Profile base,
                     const DiffOptions& options) {
  if (options.label_base) {
    set_label(base, "pprof::base", "true");
  }
  TRY(make_comparable(profile, base, options.normalize));
  scale(base, std::vector<double>(base.sample_types.size(), -1));
  Merger merger;
  TRY(merger.add(profile));
  TRY(merger.add(base));
  return merger.finish();
}

}  // namespace kprofefe::pprof
