// SPDX-License-Identifier: MIT
#include "store/store.hpp"
#include "support/open_store.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kprofefe::store {
namespace {

using namespace std::chrono_literals;

/// What the answer's profiles have in them.
std::vector<std::string> bodies(OpenStore& store, Query query) {
  const auto found = store.find(std::move(query));
  REQUIRE(found);
  std::vector<std::string> bodies;
  for (const StoredProfile& profile : *found) {
    bodies.push_back(store.read(profile.id).value());
  }
  return bodies;
}

using Bodies = std::vector<std::string>;

TEST_SUITE_BEGIN("store");

TEST_CASE("both ends of the range count, to the nanosecond") {
  const test::Scratch scratch;
  g_now = at(10);
  OpenStore store(scratch.path());
  for (int i = 0; i < 4; ++i) {
    REQUIRE(store.put(make_profile(std::to_string(i), at(5) + i * 1ns)));
  }
  Query query = all_of_api();
  query.from = at(5) + 1ns;
  query.to = at(5) + 2ns;
  CHECK(bodies(store, query) == Bodies{"1", "2"});
  query.to = query.from;
  CHECK(bodies(store, query) == Bodies{"1"});
  query.to = at(5);
  CHECK(bodies(store, query).empty());
}

TEST_CASE("profiles are in the order of their times, whenever they came") {
  const test::Scratch scratch;
  OpenStore store(scratch.path());
  int i = 0;
  for (const int hour : {3, 1, 2, 5, 4, 0}) {
    g_now = at(10 + i++ / 2);
    REQUIRE(store.put(make_profile(std::to_string(hour), at(5, hour))));
  }
  Query query = all_of_api();
  CHECK(bodies(store, query) == Bodies{"0", "1", "2", "3", "4", "5"});
  query.limit = 3;
  CHECK(bodies(store, query) == Bodies{"3", "4", "5"});
  query.limit = 1;
  query.to = at(5, 3);
  CHECK(bodies(store, query) == Bodies{"3"});
  query.limit = 0;
  CHECK(bodies(store, query).empty());
  query.limit = 100;
  query.from = at(5, 2);
  CHECK(bodies(store, query) == Bodies{"2", "3"});
}

TEST_CASE("service, type and all labels must be the same") {
  const test::Scratch scratch;
  g_now = at(10);
  OpenStore store(scratch.path());
  int hour = 0;
  const auto put = [&](const char* service, const char* type,
                       std::vector<Label> labels) {
    NewProfile profile =
        make_profile(std::to_string(hour), at(5, hour), std::move(labels));
    ++hour;
    profile.series.service = service;
    profile.series.type = type;
    REQUIRE(store.put(std::move(profile)));
  };
  put("api", "heap", {{"pod", "a"}, {"zone", "1"}});                // 0
  put("api", "heap", {{"pod", "a"}, {"pod", "b"}, {"zone", "2"}});  // 1
  put("api", "cpu", {{"pod", "a"}, {"zone", "1"}});                 // 2
  put("api", "heap", {});                                           // 3
  put("apis", "heap", {{"pod", "a"}});                              // 4
  put("API", "heap", {{"pod", "A"}});                               // 5
  put("", "", {{"", ""}});                                          // 6

  const struct {
    const char* service;
    std::optional<std::string> type;
    std::vector<Label> labels;
    Bodies expected;
  } rows[] = {
      {"api", std::nullopt, {}, {"0", "1", "2", "3"}},
      {"api", "heap", {}, {"0", "1", "3"}},
      {"api", "heap", {{"pod", "a"}}, {"0", "1"}},
      {"api", "heap", {{"pod", "a"}, {"pod", "a"}}, {"0", "1"}},
      {"api", "heap", {{"pod", "a"}, {"pod", "b"}}, {"1"}},
      {"api", std::nullopt, {{"zone", "1"}}, {"0", "2"}},
      {"api", std::nullopt, {{"pod", "a"}, {"zone", "1"}}, {"0", "2"}},
      {"api", std::nullopt, {{"pod", "A"}}, {}},
      {"api", std::nullopt, {{"pod", ""}}, {}},
      {"api", std::nullopt, {{"a", "pod"}}, {}},
      {"api", "", {}, {}},
      {"API", std::nullopt, {}, {"5"}},
      {"", std::nullopt, {{"", ""}}, {"6"}},
      {"", "", {}, {"6"}},
  };

  for (const auto& row : rows) {
    CAPTURE(row.service);
    CAPTURE(row.expected.size());
    Query query = all_of_api();
    query.service = row.service;
    query.type = row.type;
    query.labels = row.labels;
    CHECK(bodies(store, query) == row.expected);
  }
  CHECK(store.run(store->services()) == Bodies{"", "API", "api", "apis"});
}

TEST_CASE(
    "all labels that a profile has may be asked for, whatever is in them") {
  const test::Scratch scratch;
  g_now = at(10);
  OpenStore store(scratch.path());
  std::vector<Label> labels;
  for (int i = 0; i < 64; ++i) {
    labels.push_back({"k'; --" + std::to_string(100 + i), "%\" OR 1=1"});
  }
  REQUIRE(store.put(make_profile("body", at(5), labels)));
  Query query = all_of_api();
  query.labels = labels;
  CHECK(bodies(store, query) == Bodies{"body"});
  query.labels.back().value += "x";
  CHECK(bodies(store, query).empty());
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::store
