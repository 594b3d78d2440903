// SPDX-License-Identifier: MIT
#include "source/series.hpp"
#include "support/stacks.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace kprofefe::source {
namespace {

using test::Stacks;

profefe::StoredProfile stored(std::string id, int second, std::string pod) {
  return {.id = std::move(id),
          .service = "api",
          .labels = {{"pod", std::move(pod)}},
          .created_at = SystemTime(std::chrono::seconds(second))};
}

pprof::Profile counted(std::int64_t work, std::int64_t rest = 0) {
  Stacks stacks({{"alloc_objects", "count"}});
  stacks.add("main;work", {work});
  if (rest != 0) {
    stacks.add("main;rest", {rest});
  }
  return stacks.profile;
}

/// What the counters grew by, by leaf.
std::map<std::string, std::int64_t> increase_of(
    const std::vector<pprof::Profile>& snapshots) {
  Loader loader;
  Increase increase(&loader);
  for (std::size_t i = 0; i < snapshots.size(); ++i) {
    REQUIRE(increase.add(snapshots[i], std::to_string(i)));
  }
  REQUIRE(increase.finish());
  const auto loaded = loader.finish();
  REQUIRE(loaded);
  const pprof::Profile& profile = loaded->profile;
  std::map<std::string, std::int64_t> values;
  for (std::size_t i = 0; i < profile.samples.size(); ++i) {
    const pprof::Location& leaf =
        profile.locations[profile.frames_of(profile.samples[i]).front()];
    const auto& function =
        profile.functions[profile.lines_of(leaf).front().function];
    values[std::string(profile.strings.at(function.name))] =
        profile.values_of(i).front();
  }
  return values;
}

TEST_SUITE_BEGIN("source::series");

TEST_CASE("profiles are of one pod by service and labels, the oldest first") {
  const auto series = group_by_pod({stored("3", 3, "b"), stored("2", 2, "a"),
                                    stored("0", 0, "a"), stored("1", 1, "b")});

  REQUIRE(series.size() == 2);
  REQUIRE(series[0].size() == 2);
  CHECK(series[0][0].id == "1");
  CHECK(series[0][1].id == "3");
  CHECK(series[1][0].id == "0");
  CHECK(series[1][1].id == "2");
}

TEST_CASE("profiles of one second stay in the order of the server") {
  const auto series = group_by_pod(
      {stored("c", 1, "a"), stored("a", 1, "a"), stored("b", 1, "a")});

  REQUIRE(series.size() == 1);
  CHECK(series[0][0].id == "c");
  CHECK(series[0][1].id == "a");
  CHECK(series[0][2].id == "b");
}

TEST_CASE("of counters the increase counts, the last less the first") {
  using Values = std::map<std::string, std::int64_t>;
  CHECK(increase_of({counted(3), counted(5), counted(9, 2)}) ==
        Values{{"work", 6}, {"rest", 2}});
  CHECK(increase_of({counted(7)}) == Values{{"work", 7}});
  CHECK(increase_of({counted(7), counted(7)}) == Values{});
}

TEST_CASE("a program that was started again has counted from 0") {
  using Values = std::map<std::string, std::int64_t>;
  CHECK(increase_of({counted(3), counted(10), counted(2), counted(4)}) ==
        Values{{"work", 7 + 4}});
  CHECK(increase_of({counted(10), counted(2)}) == Values{{"work", 2}});
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::source
