// SPDX-License-Identifier: MIT
#include "api/examine.hpp"
#include "support/profile_builder.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::api {
namespace {

using test::ProfileBuilder;

TEST_SUITE_BEGIN("api::examine");

std::string error_of(std::string_view body, pprof::CheckLimits limits = {}) {
  const Result<Examined> examined = examine(body, limits);
  REQUIRE_FALSE(examined);
  CHECK(examined.error().kind == ErrorKind::malformed);
  return examined.error().message;
}

TEST_CASE("a profile says when it was taken and what it comes to") {
  const auto examined = examine(ProfileBuilder::go("cpu")
                                    .taken(1'700'000'000'000'000'001, 30)
                                    .sample({1, 10}, {"b", "main"})
                                    .sample({2, 20}, {"a", "main"})
                                    .gzip(),
                                {});
  REQUIRE(examined);
  CHECK(examined->taken_at ==
        SystemTime(std::chrono::nanoseconds(1'700'000'000'000'000'001)));
  CHECK(examined->totals ==
        std::vector<store::Total>{{"samples", "count", 3},
                                  {"cpu", "nanoseconds", 30}});
}

TEST_CASE("a profile may not say when it was taken") {
  const auto examined = examine(
      ProfileBuilder::go("heap").sample({1, 2, 3, 4}, {"a"}).gzip(), {});
  REQUIRE(examined);
  CHECK_FALSE(examined->taken_at);
  CHECK(examined->totals.size() == 4);
}

TEST_CASE("the legacy formats are profiles, too") {
  const auto examined = examine(
      "goroutine profile: total 3\n"
      "2 @ 0x1000 0x2000\n"
      "1 @ 0x1000 0x3000\n",
      {});
  REQUIRE(examined);
  CHECK(examined->totals ==
        std::vector<store::Total>{{"goroutine", "count", 3}});
}

TEST_CASE("what is no profile, or an empty one, is refused with the reason") {
  CHECK(error_of("").contains("empty input file"));
  CHECK(error_of("<html>").starts_with(
      "malformed profile (could not parse pprof profile: "));
  CHECK(error_of(ProfileBuilder::go("cpu").gzip()).contains("no samples"));
  const std::string whole =
      ProfileBuilder::go("cpu").sample({1, 10}, {"b", "main"}).gzip();
  for (std::size_t size = 1; size < whole.size(); ++size) {
    CAPTURE(size);
    CHECK(error_of(whole.substr(0, size)).starts_with("malformed profile ("));
  }
}

TEST_CASE("a profile beyond the limits is refused, and not parsed") {
  const std::string body =
      ProfileBuilder::go("cpu").sample({1, 10}, {"b", "main"}).gzip();
  CHECK(error_of(body, {.max_inflated_bytes = 10})
            .starts_with("malformed profile ("));
  CHECK(error_of(body, {.max_parsed_bytes = 10})
            .starts_with("malformed profile ("));
}

}  // namespace
}  // namespace kprofefe::api
