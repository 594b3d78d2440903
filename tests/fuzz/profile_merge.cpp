// SPDX-License-Identifier: MIT
#include "fuzz_target.hpp"
#include "profile_input.hpp"

#include "pprof/diff.hpp"
#include "pprof/merge.hpp"
#include "pprof/write.hpp"

#include <algorithm>
#include <vector>

namespace {

using namespace kprofefe::pprof;

/// Per sample type; they wrap around as the merger's do.
std::vector<std::uint64_t> totals(const Profile& profile) {
  std::vector<std::uint64_t> sums(profile.sample_types.size());
  for (std::size_t i = 0; i < profile.values.size(); ++i) {
    sums[i % sums.size()] += static_cast<std::uint64_t>(profile.values[i]);
  }
  return sums;
}

void check_sum(const Profile& a, const Profile& b) {
  const std::vector<Profile> both{a, b};
  const auto sum = merge(both);
  if (!sum) {
    return;
  }
  std::vector<std::uint64_t> expected = totals(a);
  const std::vector<std::uint64_t> more = totals(b);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    expected[i] += more[i];
  }
  check(totals(*sum) == expected);
  const auto again = merge({&*sum, 1});
  check(again && encode_profile(*again) == encode_profile(*sum));
  check(read_profile(encode_profile(*sum), k_limits).has_value());
}

/// What doubles hold exactly vanishes when it is taken from itself.
void check_difference(const Profile& profile) {
  constexpr std::int64_t k_exact = std::int64_t{1} << 52;
  const bool exact = std::ranges::all_of(profile.values, [](std::int64_t v) {
    return v > -k_exact && v < k_exact;
  });
  const auto none = diff(profile, profile, {});
  check(!none || !exact || none->samples.empty());
}

}  // namespace

/// Two messages: the first byte, times 8, is where the second begins.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const Input input =
      cut_input(data, size, [](std::size_t first) { return first * 8; });
  const auto a = read_profile(input.head, k_limits);
  if (!a) {
    return 0;
  }
  check_difference(*a);
  check_sum(*a, *a);
  const auto b = read_profile(input.tail, k_limits);
  if (b) {
    check_sum(*a, *b);
    Combiner combiner;
    if (combiner.add(*a) && combiner.add(*b)) {
      check(combiner.finish().has_value());
    }
  }
  return 0;
}
