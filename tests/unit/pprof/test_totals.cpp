// SPDX-License-Identifier: MIT
#include "pprof/check.hpp"
#include "pprof/totals.hpp"
#include "support/profile_builder.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::pprof {
namespace {

using test::MessageBuilder;
using test::ProfileBuilder;

TEST_SUITE_BEGIN("pprof::read_totals");

Totals totals_of(const std::string& gzipped) {
  const Result<std::string> message =
      inflate_body(gzipped, k_max_inflated_bytes);
  REQUIRE(message);
  Result<Totals> totals = read_totals(*message);
  REQUIRE(totals);
  return *totals;
}

TEST_CASE("the samples of each type are added up") {
  const Totals totals = totals_of(ProfileBuilder::go("cpu")
                                      .taken(1'700'000'000, 30)
                                      .sample({1, 10}, {"b", "main"})
                                      .sample({2, 20}, {"a", "main"})
                                      .gzip());
  CHECK(totals.time_nanos == 1'700'000'000);
  CHECK(totals.samples == 2);
  CHECK(totals.sample_types ==
        std::vector<ValueType>{{"samples", "count"}, {"cpu", "nanoseconds"}});
  CHECK(totals.sums == std::vector<std::int64_t>{3, 30});
}

TEST_CASE("a profile without samples comes to 0") {
  const Totals totals = totals_of(ProfileBuilder::go("heap").gzip());
  CHECK(totals.samples == 0);
  CHECK(totals.sums == std::vector<std::int64_t>{0, 0, 0, 0});
}

TEST_CASE("negative values count, and a sum may wrap around") {
  const auto minus = static_cast<std::uint64_t>(-5);
  const auto most =
      static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  const std::string message =
      MessageBuilder()
          .bytes(1, MessageBuilder().number(1, 1).number(2, 2).str())
          .bytes(1, MessageBuilder().number(1, 1).number(2, 2).str())
          .bytes(2, MessageBuilder().packed(2, {minus, most}).str())
          .bytes(2, MessageBuilder().packed(2, {2, 1}).str())
          .bytes(6, "")
          .bytes(6, "x")
          .bytes(6, "y")
          .str();
  const Result<Totals> totals = read_totals(message);
  REQUIRE(totals);
  CHECK(totals->sums == std::vector<std::int64_t>{
                            -3, std::numeric_limits<std::int64_t>::min()});
}

TEST_CASE("values without a type are left out, and types without are 0") {
  const std::string message =
      MessageBuilder()
          .bytes(1, MessageBuilder().str())
          .bytes(2, MessageBuilder().packed(2, {1, 2, 3}).str())
          .str();
  const Result<Totals> totals = read_totals(message);
  REQUIRE(totals);
  CHECK(totals->sums == std::vector<std::int64_t>{1});
  CHECK(totals->sample_types == std::vector<ValueType>{{"", ""}});
}

TEST_CASE("a type that is not in the string table is an error") {
  const std::string message = MessageBuilder()
                                  .bytes(1, MessageBuilder().number(1, 9).str())
                                  .bytes(6, "")
                                  .str();
  const Result<Totals> totals = read_totals(message);
  REQUIRE_FALSE(totals);
  CHECK(totals.error().message ==
        "malformed profile: string index 9 is out of range (1 strings)");
}

}  // namespace
}  // namespace kprofefe::pprof
