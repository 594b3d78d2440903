// SPDX-License-Identifier: MIT
#include "dumps.hpp"

#include "goroutines/groups.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace kprofefe::goroutines {
namespace {

using test::add_dump;
using test::waiting;

TEST_SUITE_BEGIN("goroutines::Groups");

TEST_CASE("what has the same stack and creator is one group") {
  Groups groups({.keeps_members = true});
  add_dump(groups, waiting(5, "chan receive, 3 minutes") +
                       waiting(6, "select, locked to thread") +
                       waiting(7, "chan receive") +
                       waiting(8, "chan receive", "main.other"));
  CHECK(groups.goroutines() == 4);
  const auto sorted = groups.sorted(SortBy::count);
  REQUIRE(sorted.size() == 2);
  const Group& three = *sorted[0];
  CHECK(three.count == 3);
  CHECK(three.locked == 1);
  CHECK(three.longest_minutes == 3);
  REQUIRE(three.states.size() == 2);
  CHECK(groups.state(three.states[0].number) == "chan receive");
  CHECK(three.states[0].count == 2);
  CHECK(three.states[0].longest_minutes == 3);
  CHECK(three.states[1].longest_minutes == 0);
  REQUIRE(three.members.size() == 3);
  CHECK(three.members[1].id == 6);
  CHECK(three.members[1].locked);
}

TEST_CASE("the longest wait comes first when it is asked for") {
  Groups groups({});
  add_dump(groups, waiting(1, "select") + waiting(2, "select") +
                       waiting(3, "select, 9 minutes", "main.other"));
  CHECK(groups.sorted(SortBy::count)[0]->count == 2);
  CHECK(groups.sorted(SortBy::wait)[0]->longest_minutes == 9);
  CHECK(groups.sorted(SortBy::wait)[0]->members.empty());
}

TEST_CASE("pods are counted in each group") {
  Groups groups({});
  add_dump(groups, waiting(1, "select") + waiting(2, "select"),
           {.name = "pod/api-0", .ns = "shop", .pod = "api-0"});
  add_dump(groups, waiting(1, "select") + waiting(2, "select", "main.other"),
           {.name = "pod/api-1", .ns = "shop", .pod = "api-1"});
  const auto sorted = groups.sorted(SortBy::count);
  REQUIRE(sorted.size() == 2);
  REQUIRE(sorted[0]->sources.size() == 2);
  CHECK(sorted[0]->sources[0].count == 2);
  CHECK(sorted[0]->sources[1].count == 1);
  CHECK(groups.sources()[1].goroutines == 2);
}

TEST_CASE("a filter leaves goroutines out, and counts what there was") {
  const std::string dump = waiting(1, "select, 2 minutes") +
                           waiting(2, "select") +
                           waiting(3, "sleep, 7 minutes", "main.other");
  const auto is_other = [](std::string_view text) {
    return text == "main.other";
  };
  Groups blocked({.filter = {.least_minutes = 2}});
  add_dump(blocked, dump);
  CHECK(blocked.kept() == 2);
  CHECK(blocked.goroutines() == 3);
  CHECK(blocked.sorted(SortBy::count).size() == 2);
  CHECK(blocked.sorted(SortBy::count)[0]->count == 1);
  Groups focused({.filter = {.focus = is_other}});
  add_dump(focused, dump);
  CHECK(focused.kept() == 1);
  CHECK(focused.stacks() == 2);
  CHECK(focused.sorted(SortBy::count).size() == 1);
}

TEST_CASE("stacks that are too many are counted, and no more") {
  Groups groups({.keeps_members = true, .max_bytes = 20'000});
  std::string dump;
  for (int i = 0; i < 1000; ++i) {
    dump += waiting(i, "select", "main.start" + std::to_string(i));
  }
  dump += waiting(1, "select", "main.start0");
  add_dump(groups, dump);
  CHECK(groups.goroutines() == 1001);
  CHECK(groups.stacks() < 100);
  CHECK(groups.not_grouped() == 1000 - groups.stacks());
  CHECK(groups.sorted(SortBy::count)[0]->count == 2);
}

TEST_CASE("goroutines that are too many are counted, and not listed") {
  Groups groups({.keeps_members = true, .max_members = 2});
  add_dump(groups,
           waiting(1, "select") + waiting(2, "select") + waiting(3, "select"));
  CHECK(groups.sorted(SortBy::count)[0]->count == 3);
  CHECK(groups.sorted(SortBy::count)[0]->members.size() == 2);
  CHECK(groups.not_listed() == 1);
}

TEST_CASE("a dump that ends too early is marked") {
  Groups groups({});
  add_dump(groups, waiting(1, "select"), {.name = "whole"});
  add_dump(groups, waiting(1, "select").substr(0, 40), {.name = "cut"});
  CHECK_FALSE(groups.sources()[0].is_truncated);
  CHECK(groups.sources()[1].is_truncated);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::goroutines
