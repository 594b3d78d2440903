// SPDX-License-Identifier: MIT
#include "pprof/base_scale.hpp"
#include "support/stacks.hpp"

#include <doctest/doctest.h>

namespace kprofefe::pprof {
namespace {

constexpr std::int64_t k_second = 1'000'000'000;

Profile sampled(std::int64_t seconds) {
  Profile profile = test::small_cpu();
  profile.period = 10'000'000;
  profile.period_type = {.type = profile.strings.add("cpu"),
                         .unit = profile.strings.add("nanoseconds")};
  profile.duration_nanos = seconds * k_second;
  return profile;
}

TEST_SUITE_BEGIN("pprof::base_scale");

TEST_CASE("what samples over time is brought to the same time") {
  const BaseScale scale = base_scale(sampled(60), 2, sampled(30), 1);
  CHECK(scale.factor == 2);
  CHECK(scale.why == "the base sampled for 30s, the other for 1m0s");
  CHECK(base_scale(sampled(30), 1, sampled(30), 3).factor == 1);
}

TEST_CASE("what does not is brought to the same number of pods") {
  const Profile heap = test::small_cpu();
  const BaseScale scale = base_scale(heap, 3, heap, 1);
  CHECK(scale.factor == 3);
  CHECK(scale.why == "the base is of 1 pod, the other of 3 pods");
  CHECK(base_scale(heap, 2, heap, 2).factor == 1);
  CHECK(base_scale(heap, 2, heap, 0).factor == 1);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
