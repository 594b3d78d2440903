// SPDX-License-Identifier: MIT
#include "dumps.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace kprofefe::goroutines {
namespace {

using test::real_dump;

Groups groups_of(const std::string& file, std::size_t piece = 4096) {
  Groups groups({.keeps_members = true});
  test::add_dump(groups, real_dump(file), {.name = file}, piece);
  return groups;
}

/// The group of which the innermost frame of the program's own is `function`.
const Group& group_of(const Groups& groups, std::string_view function) {
  for (const Group* const group : groups.sorted(SortBy::count)) {
    const std::size_t main = group->stack.find("main.");
    if (main != std::string::npos &&
        std::string_view(group->stack).substr(main).starts_with(function)) {
      return *group;
    }
  }
  FAIL("no group of ", function);
  return *groups.sorted(SortBy::count).front();
}

std::string state_of(const Groups& groups, std::string_view function) {
  const Group& group = group_of(groups, function);
  CHECK(group.states.size() == 1);
  return groups.state(group.states.front().number);
}

/// What is true of every dump of generate.go.
void check_program(const Groups& groups) {
  CHECK_FALSE(groups.sources()[0].is_truncated);
  CHECK(group_of(groups, "main.(*worker[...]).receive\t").count == 3);
  CHECK(state_of(groups, "main.(*worker[...]).receive\t") == "chan receive");
  CHECK(state_of(groups, "main.(*worker[...]).deadlock\t") ==
        "sync.Mutex.Lock");
  CHECK(state_of(groups, "main.start.func1\t") == "chan receive (nil chan)");
  CHECK(state_of(groups, "main.start.func2\t") == "chan send");
  CHECK(state_of(groups, "main.start.func3\t") == "select (no cases)");
  CHECK(state_of(groups, "main.start.func4\t") == "select");
  CHECK(state_of(groups, "main.start.func5\t") == "sync.WaitGroup.Wait");
  CHECK(state_of(groups, "main.start.func6\t") == "sync.Cond.Wait");
  CHECK(state_of(groups, "main.start.func7\t") == "sync.RWMutex.Lock");
  CHECK(state_of(groups, "main.start.func9\t") == "syscall");
  CHECK(group_of(groups, "main.start.func8\t").locked == 1);
  const Group& deep = group_of(groups, "main.inlined\t");
  CHECK(deep.stack.contains("...frames elided...\n"));
  const auto sorted = groups.sorted(SortBy::count);
  CHECK(std::ranges::all_of(sorted, [](const Group* group) {
    return !group->stack.contains("0x") && group->stack.contains("\t");
  }));
  const auto has_state = [&](std::string_view state) {
    return std::ranges::any_of(sorted, [&](const Group* group) {
      return groups.state(group->states.front().number) == state;
    });
  };
  CHECK(has_state("sleep"));
  CHECK(has_state("IO wait"));
}

TEST_SUITE_BEGIN("goroutines on real dumps");

TEST_CASE("what net/http/pprof serves, with waits") {
  for (const std::size_t piece : {1UL, 4096UL}) {
    const Groups groups = groups_of("waited.txt", piece);
    check_program(groups);
    CHECK(groups.goroutines() == 19);
    CHECK(group_of(groups, "main.start.func3\t").longest_minutes == 3);
    CHECK(group_of(groups, "main.start.func9\t").longest_minutes == 3);
    CHECK(group_of(groups, "main.main\t").longest_minutes == 0);
  }
}

TEST_CASE("labels, as newer programs print them") {
  const Groups groups = groups_of("labels.txt");
  check_program(groups);
  const Group& labelled = group_of(groups, "main.start.func10.1\t");
  REQUIRE(labelled.members.size() == 1);
  CHECK(groups.labels(labelled.members[0].labels) ==
        R"("tenant": "a, 7 minutes]:", "z": "\"q\"")");
  CHECK(labelled.longest_minutes == 0);
}

TEST_CASE("a panic") {
  const Groups groups = groups_of("panic.txt");
  check_program(groups);
  CHECK(state_of(groups, "main.main\t") == "running");
}

TEST_CASE("SIGQUIT, with the goroutines of the runtime and registers") {
  const Groups groups = groups_of("quit.txt");
  check_program(groups);
  const auto sorted = groups.sorted(SortBy::count);
  CHECK(std::ranges::any_of(sorted, [](const Group* group) {
    return group->stack.contains("runtime.forcegchelper\t");
  }));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::goroutines
