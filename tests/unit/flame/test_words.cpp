// SPDX-License-Identifier: MIT
#include "drawn.hpp"

#include "flame/words.hpp"
#include "support/stacks.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace kprofefe::flame {
namespace {

using test::Stacks;

/// What is said about `value` in a picture of that one type.
std::string said(std::int64_t value, std::string_view unit,
                 const Options& options = {}) {
  const pprof::Profile profile =
      Stacks({{"type", unit}}).add("a", {3'000'000}).add("b", {20}).profile;
  const Tree tree = tree_of({&profile}, options);
  return Words(tree, profile, 0, options).value(value);
}

}  // namespace

TEST_CASE("values are in the unit of their type, however it is spelled") {
  CHECK(said(77'000'000, "nanoseconds") == "77ms");
  CHECK(said(77'000'000, "ns") == "77ms");
  CHECK(said(77, "ms") == "77ms");
  CHECK(said(1'152, "kb") == "1.12MB");
  CHECK(said(2'000, "GCUs") == "2k*GCU");
  CHECK(said(0, "ms") == "0");
}

TEST_CASE("a unit that nobody knows stays, and counts have none") {
  CHECK(said(1'234'567, "widgets") == "1,234,567 widgets");
  CHECK(said(-123, "widgets") == "-123 widgets");
  CHECK(said(-1'234, "count") == "-1,234");
  CHECK(said(999, "") == "999");
}

TEST_CASE("a unit is for the types that can be converted to it") {
  CHECK(said(77'000'000, "nanoseconds", {.unit = "s"}) == "0.08s");
  CHECK(said(77'000'000, "bytes", {.unit = "s"}) == "73.43MB");
  CHECK(said(1'000, "count", {.unit = "s"}) == "1,000");
}

TEST_CASE("the minimum is one unit for all values") {
  // From 20 to 3,000,020: a hundredth of the unit is the least that is shown.
  CHECK(said(3'000'000, "ns", {.unit = "minimum"}) == "3000us");
  CHECK(said(20, "ns", {.unit = "minimum"}) == "0.02us");
  CHECK(said(3'000'000, "widgets", {.unit = "minimum"}) == "3,000,000 widgets");
}

TEST_CASE("values are divided, and lose what is left over") {
  CHECK(said(77'000'000, "ns", {.divide_by = 10}) == "7.70ms");
  CHECK(said(19, "count", {.divide_by = 10}) == "1");
  CHECK(said(-19, "count", {.divide_by = 10}) == "-1");
  CHECK(said(-3, "count", {.divide_by = 10}) == "0");
  CHECK(said(3, "count", {.divide_by = 0.5}) == "6");
}

TEST_CASE("shares are of everything, whatever has been filtered out") {
  const pprof::Profile profile = test::small_cpu();
  const Input all{.profile = &profile};
  const Input part{.profile = &profile, .totals = {40, 400'000'000}};

  CHECK(Words(tree_of(all, {}), profile, 1, {}).both(30'000'000) ==
        "30ms (30.0%)");
  CHECK(Words(tree_of(part, {}), profile, 1, {}).both(30'000'000) ==
        "30ms (7.50%)");
  CHECK(Words(tree_of(part, {}), profile, 0, {}).share(1) == "2.50%");
}

}  // namespace kprofefe::flame
