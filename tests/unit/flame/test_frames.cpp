// SPDX-License-Identifier: MIT
#include "flame/frames.hpp"
#include "support/stacks.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <ranges>
#include <string>
#include <vector>

namespace kprofefe::flame {
namespace {

std::vector<std::string> names(const pprof::Profile& profile,
                               Granularity granularity) {
  Frames frames;
  StackReader reader(profile, granularity, frames);
  std::vector<std::string> names;
  for (const pprof::Sample& sample : profile.samples) {
    for (const std::uint32_t location :
         std::views::reverse(profile.frames_of(sample))) {
      for (const FrameId frame : reader.frames_at(location)) {
        names.emplace_back(frames.names.at(frame));
      }
    }
  }
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("inlined functions are frames, the outermost first") {
  test::Stacks stacks({{"n", "count"}});
  stacks.add("outer;inner", {1});
  pprof::Profile& profile = stacks.profile;
  // One location with both lines; of several, each is inlined into the next.
  profile.locations[0].first_line = 0;
  profile.locations[0].line_count = 2;
  profile.samples[0].frame_count = 1;
  profile.frames = {0};

  CHECK(names(profile, Granularity::functions) == Names{"outer", "inner"});
}

TEST_CASE("frames can be lines or files") {
  const pprof::Profile profile =
      test::Stacks({{"n", "count"}}).add("main;work", {1}).profile;

  CHECK(names(profile, Granularity::lines) ==
        Names{"main /src/main.go:42", "work /src/work.go:42"});
  CHECK(names(profile, Granularity::files) ==
        Names{"/src/main.go", "/src/work.go"});
}

TEST_CASE("frames can be all that pprof tells apart") {
  test::Stacks stacks({{"n", "count"}});
  stacks.add("main;work", {1});
  pprof::Profile& profile = stacks.profile;
  // The leaf stands first.
  profile.lines[0].column = 5;
  profile.locations[0].address = 0x40123f;
  profile.lines[1].line = 0;
  profile.locations[1].address = 0;

  CHECK(names(profile, Granularity::filefunctions) ==
        Names{"main /src/main.go", "work /src/work.go"});
  CHECK(names(profile, Granularity::lines) ==
        Names{"main /src/main.go", "work /src/work.go:42:5"});
  CHECK(names(profile, Granularity::addresses) ==
        Names{"main /src/main.go", "000000000040123f work /src/work.go:42:5"});
  profile.locations[0].line_count = 0;
  profile.locations[0].mapping = 0;
  profile.mappings.push_back({.file = profile.strings.add("/lib/c.so")});
  CHECK(names(profile, Granularity::addresses)[1] == "000000000040123f [c.so]");
}

TEST_CASE("a location without symbols is its mapping") {
  test::Stacks stacks({{"n", "count"}});
  stacks.add("a;b", {1});
  pprof::Profile& profile = stacks.profile;
  profile.mappings.push_back(
      {.file = profile.strings.add("/usr/lib/libc.so.6")});
  profile.locations[0] = {.address = 0x1000, .mapping = 0};
  profile.locations[1] = {.address = 0x2000};

  CHECK(names(profile, Granularity::functions) ==
        Names{"<unknown>", "[libc.so.6]"});
}

TEST_CASE("a function without a name is named") {
  test::Stacks stacks({{"n", "count"}});
  stacks.add("", {1});
  CHECK(names(stacks.profile, Granularity::functions) == Names{"<unknown>"});

  stacks.profile.functions[0].system_name = stacks.profile.strings.add("_Z1f");
  CHECK(names(stacks.profile, Granularity::functions) == Names{"_Z1f"});

  stacks.profile.lines[0].function = pprof::k_none;
  CHECK(names(stacks.profile, Granularity::functions) == Names{"<unknown>"});
}

TEST_CASE("a function belongs to a package") {
  CHECK(package_of("main.main") == "main");
  CHECK(package_of("net/http.(*conn).serve") == "net/http");
  CHECK(package_of("k8s.io/api/core/v1.(*Pod).Size") == "k8s.io/api/core/v1");
  CHECK(package_of("slices.SortFunc[go.shape.[]k8s.io/x.T]") == "slices");
  CHECK(package_of("std::vector<int>::push_back") == "std");
  CHECK(package_of("memcpy") == "memcpy");
  CHECK(package_of("").empty());
}

}  // namespace kprofefe::flame
