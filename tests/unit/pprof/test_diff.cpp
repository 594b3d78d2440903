// SPDX-License-Identifier: MIT
#include "data.hpp"

#include "pprof/diff.hpp"
#include "pprof/read.hpp"
#include "pprof/scale.hpp"
#include "support/text_profile.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <vector>

namespace kprofefe::pprof {
namespace {

TEST_SUITE_BEGIN("pprof");

using test::stacks_of;
using test::TextProfile;

std::string difference(const DiffOptions& options) {
  TextProfile now;
  now.sample({10}, {"grew"}).sample({4}, {"same"}).sample({1}, {"new"});
  TextProfile then;
  then.sample({3}, {"grew"}).label("z", "y").sample({4}, {"same"});
  then.sample({5}, {"grew"}).sample({18}, {"old"});
  const auto profile = diff(*now, *then, options);
  REQUIRE_MESSAGE(profile, profile.error().message);
  return stacks_of(*profile);
}

TEST_CASE("a base is subtracted, and what is the same goes") {
  CHECK(difference({}) == "5: grew\n1: new\n-3: grew z=y\n-18: old\n");
}

TEST_CASE("a labelled base stays apart") {
  CHECK(difference({.label_base = true}) ==
        "10: grew\n4: same\n1: new\n-3: grew pprof::base=true z=y\n"
        "-4: same pprof::base=true\n-5: grew pprof::base=true\n"
        "-18: old pprof::base=true\n");
}

TEST_CASE("normalized, a profile has the base's sum") {
  CHECK(difference({.normalize = true}) ==
        "15: grew\n4: same\n2: new\n-3: grew z=y\n-18: old\n");
}

TEST_CASE("nothing is left of a profile minus itself") {
  for (const char* file : {"heap.pb.gz", "cpu.pb.gz", "mutex.pb.gz"}) {
    const auto profile = read_profile(test::real(file));
    REQUIRE(profile);
    const auto none = diff(*profile, *profile, {});
    REQUIRE(none);
    CHECK(none->samples.empty());
    CHECK(none->functions.empty());
  }
}

TEST_CASE("scaling rounds, and drops what becomes 0, as pprof does") {
  TextProfile made("a", "count");
  made.type("b", "count");
  made.sample({5, 1}, {"x"}).sample({1, 9}, {"y"}).sample({-7, 0}, {"z"});

  scale(*made, std::vector{0.25, 1.0});

  // y keeps a value that was not multiplied, which does not count.
  CHECK(stacks_of(*made) == "1 1: x\n-2 0: z\n");
  scale(*made, std::vector{1e30, -1.0});
  CHECK(made->values[0] == std::numeric_limits<std::int64_t>::min());
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
