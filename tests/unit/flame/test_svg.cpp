// SPDX-License-Identifier: MIT
#include "drawn.hpp"

#include "flame/flame.hpp"
#include "support/occurrences.hpp"
#include "support/stacks.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace kprofefe::flame {
namespace {

using test::count;
using test::has;
using test::Stacks;

}  // namespace

TEST_CASE("an SVG shows every frame with its value and share") {
  const pprof::Profile profile = test::small_cpu();

  const std::string svg =
      svg_of({&profile}, {.title = "api", .sample_index = 1});

  CHECK(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
  CHECK(has(svg, "<title>all\n100ms (100.0%)</title>"));
  CHECK(has(svg, "<title>main.work\n90ms (90.0%)</title>"));
  CHECK(has(svg, "<title>net/http.(*conn).serve\n30ms (30.0%)</title>"));
  CHECK(has(svg, "width=\"353.5\""));  // 30 % of 1180, less the gap
  CHECK(has(svg, ">cpu: 100ms</text>"));
  CHECK(has(svg, ">4 frames</text>"));
  CHECK_FALSE(has(svg, "<script"));
}

TEST_CASE("an SVG leaves out what nobody could see and says how much") {
  Stacks stacks({{"n", "count"}});
  stacks.add("large", {1'000'000});
  for (int i = 0; i < 50; ++i) {
    stacks.add("large;" + std::to_string(i), {1});
  }

  const std::string svg = svg_of({&stacks.profile}, {});

  CHECK(count(svg, "<g>") == 2);
  CHECK(has(svg, ">50 of 51 frames are too small to be drawn</text>"));
}

TEST_CASE("a name cannot add markup to an SVG") {
  using Names = std::vector<std::string_view>;
  const pprof::Profile profile =
      Stacks({{"<b>", "<i>"}})
          .add(Names{"</title><script>alert(\"1\")</script>\x01"}, {1})
          .profile;

  const std::string svg = svg_of({&profile}, {.title = "<u title='x'>"});

  CHECK_FALSE(has(svg, "<script"));
  CHECK_FALSE(has(svg, "<b>"));
  CHECK_FALSE(has(svg, "<i>"));
  CHECK_FALSE(has(svg, "<u"));
  CHECK(has(svg, "&lt;/title&gt;&lt;script&gt;alert(&quot;1&quot;)"));
}

TEST_CASE("names are shortened to the room they have") {
  Stacks stacks({{"n", "count"}});
  stacks.add("github.com/a/b/pkg.Function", {15});
  stacks.add("ééééééééééééééééééééééé", {10});
  stacks.add("rest", {75});

  const std::string svg = svg_of({&stacks.profile}, {});

  CHECK(has(svg, ">pkg.Function</text>"));
  CHECK(has(svg, ">ééééééééééééééé…</text>"));
}

TEST_CASE("an SVG of a part says what it is a part of") {
  const pprof::Profile profile = test::small_cpu();

  const std::string svg =
      svg_of({.profile = &profile, .totals = {20, 200'000'000}},
             {.sample_index = 1, .unit = "s", .divide_by = 2});

  CHECK(has(svg, ">cpu: 0.05s of 0.10s</text>"));
  CHECK(has(svg, "<title>all\n0.05s (50.0%)</title>"));
  CHECK(has(svg, "<title>main.work\n0.04s (45.0%)</title>"));
}

TEST_CASE("a long name does not make an SVG long") {
  using Names = std::vector<std::string_view>;
  const std::string name(20'000, 'x');
  const pprof::Profile profile =
      Stacks({{"n", "<b>"}}).add(Names(1000, name), {1}).profile;

  const std::string svg = svg_of({&profile}, {});

  CHECK(svg.size() < 2'000'000);
  CHECK(has(svg, "…\n1 &lt;b&gt; (100.0%)</title>"));
}

TEST_CASE("an SVG with a base says what changed") {
  const pprof::Profile base =
      Stacks({{"n", "count"}}).add("a", {10}).add("gone", {5}).profile;
  const pprof::Profile profile =
      Stacks({{"n", "count"}}).add("a", {15}).add("fresh", {5}).profile;

  const std::string svg = svg_of({&profile, &base}, {});

  CHECK(has(svg, "<title>a\n15, was 10 (+50.0%)</title>"));
  CHECK(has(svg, "<title>gone\n0, was 5 (-100.0%)</title>"));
  CHECK(has(svg, "<title>fresh\n5, new</title>"));
  CHECK(has(svg, ">n: 20, was 15 (+33.3%)</text>"));
}

TEST_CASE("a profile without samples is an empty picture") {
  const pprof::Profile profile = Stacks({{"n", "count"}}).profile;

  const std::string svg = svg_of({&profile}, {.title = "none"});

  CHECK(has(svg, ">n: 0</text>"));
  CHECK(count(svg, "<g>") == 1);
}

}  // namespace kprofefe::flame
