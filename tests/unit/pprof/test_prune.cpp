// SPDX-License-Identifier: MIT
#include "pprof/dropped_frames.hpp"
#include "pprof/filter/prune.hpp"
#include "pprof/prepare.hpp"
#include "support/text_profile.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace kprofefe::pprof {
namespace {

TEST_SUITE_BEGIN("pprof");

using test::stacks_of;
using test::TextProfile;

Regex regex(std::string_view expression) {
  auto compiled = Regex::compile(expression);
  REQUIRE(compiled);
  return *compiled;
}

TEST_CASE("stacks are cut below the match nearest to the root") {
  TextProfile made;
  made.sample({1}, {"alloc", "deep", "alloc", "user", "main"});
  made.sample({2}, {"leaf|alloc|caller", "main"});
  made.sample({4}, {"leaf", "alloc"});

  prune(*made, regex("alloc"), nullptr);

  // What is never called by anything else stays.
  CHECK(stacks_of(*made) ==
        "1: user < main\n2: caller < main\n4: leaf < alloc\n");
}

TEST_CASE("what is to be kept is not cut") {
  TextProfile made;
  made.sample({1}, {"alloc_fast", "main"}).sample({2}, {"alloc_slow", "main"});
  const Regex keep = regex("fast");
  prune(*made, regex("alloc.*"), &keep);
  CHECK(stacks_of(*made) == "1: alloc_fast < main\n2: main\n");
}

TEST_CASE("a profile's own drop_frames match whole names") {
  TextProfile made;
  made.sample({1}, {"alloc", "main"}).sample({2}, {"alloc_x", "main"});
  made->drop_frames = made.text("alloc|free");
  remove_dropped_frames(*made);
  CHECK(stacks_of(*made) == "1: main\n2: alloc_x < main\n");

  made->drop_frames = made.text("(");
  remove_dropped_frames(*made);
  made->drop_frames = made.text("main");
  made->keep_frames = made.text("(");
  remove_dropped_frames(*made);
  CHECK(stacks_of(*made) == "1: main\n2: alloc_x < main\n");
}

TEST_CASE("C++ names match without their arguments") {
  struct Case {
    std::string name;
    bool dropped;
  };

  for (const Case& each : {Case{"ns::f(int)", true}, Case{".ns::f", true},
                           Case{"ns::f(int)(char)", true},
                           Case{"(anonymous namespace)::ns::f(int)", false},
                           Case{"operator()(int)", false}}) {
    CAPTURE(each.name);
    TextProfile made;
    made.sample({1}, {each.name, "main"});
    prune(*made, regex("^ns::f$"), nullptr);
    CHECK((stacks_of(*made) == "1: main\n") == each.dropped);
  }
  TextProfile made;
  made.sample({1}, {"(anonymous namespace)::operator()(int)", "main"});
  prune(*made, regex("^.anonymous namespace.::operator..$"), nullptr);
  CHECK(stacks_of(*made) == "1: main\n");
}

TEST_CASE("names that look like C++ lose arguments, as in pprof") {
  struct Case {
    std::string name;
    std::string simple;
  };

  for (const Case& each :
       {Case{"std::map<int, a<b>>::find(int)", "std::map::find"},
        Case{"main.(*T).Run", "main.(*T).Run"},
        Case{"main.(*T).Run.Filter[...].func1", "main..Run.Filter[...].func1"},
        Case{"foo.(*Bar[...]).M", "foo.(*Bar[...]).M"},
        Case{"java.<init>(x)", "java.<init>(x)"}, Case{"a::b)(c", "a::b)(c"}}) {
    CAPTURE(each.name);
    TextProfile made;
    made.sample({1}, {each.name});
    prepare(*made);
    CHECK(stacks_of(*made) == "1: " + each.simple + "\n");
  }
}

TEST_CASE("names that differ from the linker's are left alone") {
  TextProfile made;
  made.sample({1}, {"a::b(c)"});
  made->functions[0].system_name = made.text("_Z1");
  prepare(*made);
  CHECK(stacks_of(*made) == "1: a::b(c)\n");
}

TEST_CASE("a mapping without a build id is no URL; one is made up for none") {
  TextProfile made;
  made.sample({1}, {"f"});
  made->mappings = {
      {.file = made.text("http://host/debug")},
      {.file = made.text("http://host/debug"), .build_id = made.text("id")},
      {.file = made.text("/bin/a:b")}};
  prepare(*made);
  CHECK(made->mappings[0].file == 0);
  CHECK(made->mappings[1].file != 0);
  CHECK(made->mappings[2].file != 0);
  add_missing_mapping(*made);
  CHECK(made->mappings.size() == 3);

  TextProfile bare;
  bare.sample({1}, {"f"});
  add_missing_mapping(*bare);
  REQUIRE(bare->mappings.size() == 1);
  CHECK(bare->mappings[0] == Mapping{});
  CHECK(bare->locations[0].mapping == 0);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
