// SPDX-License-Identifier: MIT
#include "base/text.hpp"
#include "shell/settings.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace kprofefe::shell {
namespace {

TEST_SUITE_BEGIN("shell");

std::string error_of(Settings& settings, std::string_view name,
                     std::string_view value) {
  const Result<void> assigned = settings.assign(name, value);
  REQUIRE_FALSE(assigned);
  CHECK(assigned.error().kind == ErrorKind::usage);
  return assigned.error().message;
}

/// The line of `options` about a setting.
std::string line_of(const Settings& settings, std::string_view name) {
  const std::vector<std::string> types = {"alloc_space", "inuse_space"};
  const std::string text = settings.list(types, 1);
  for (const std::string_view line : split(text, '\n')) {
    if (trim(line).starts_with(name)) {
      return std::string(trim(line));
    }
  }
  return {};
}

TEST_CASE("every setting can be read back") {
  Settings settings({});
  for (const std::string_view name : Settings::names()) {
    CAPTURE(name);
    CHECK(Settings::knows(name));
    CHECK_FALSE(Settings::help(name).empty());
    CHECK((name == "source_path" || !line_of(settings, name).empty()));
  }
  REQUIRE(settings.assign("focus", "main"));
  REQUIRE(settings.assign("nodecount", "7"));
  REQUIRE(settings.assign("divide_by", "2.5"));
  REQUIRE(settings.assign("trim", "no"));
  REQUIRE(settings.assign("tagroot", "pod"));
  REQUIRE(settings.assign("source_path", "/a::/b"));
  CHECK(line_of(settings, "focus").ends_with("= main"));
  CHECK(line_of(settings, "nodecount").ends_with("= 7"));
  CHECK(settings.options().divide_by == 2.5);
  CHECK_FALSE(settings.options().trim);
  CHECK(settings.options().label_frames.root == "pod");
  CHECK(settings.options().source_path == std::vector<std::string>{"/a", "/b"});
}

TEST_CASE("switches take pprof's words for yes and no") {
  Settings settings({});
  for (const std::string_view yes : {"", "true", "T", "yes", "Y", "1"}) {
    REQUIRE(settings.assign("mean", "0"));
    REQUIRE(settings.assign("mean", yes));
    CHECK(settings.options().mean);
  }
  for (const std::string_view no : {"false", "F", "no", "N", "0"}) {
    REQUIRE(settings.assign("mean", "1"));
    REQUIRE(settings.assign("mean", no));
    CHECK_FALSE(settings.options().mean);
  }
  CHECK(error_of(settings, "mean", "maybe") == "mean=maybe: use true or false");
}

TEST_CASE("a value of a choice is a setting of its own") {
  Settings settings({});
  CHECK(Settings::knows("lines"));
  CHECK(Settings::is_switch("lines"));
  REQUIRE(settings.assign("lines", ""));
  CHECK(settings.options().granularity == pprof::Granularity::lines);
  REQUIRE(settings.assign("cum", ""));
  CHECK(settings.options().sort_by_cum);
  CHECK(error_of(settings, "flat", "false") ==
        "flat=false: use true, or another choice");
  CHECK(settings.options().sort_by_cum);
}

TEST_CASE("what is wrong changes nothing") {
  Settings settings({});
  CHECK(error_of(settings, "nodecount", "many") ==
        "nodecount=many: use a number");
  CHECK(error_of(settings, "divide_by", "") == "divide_by=: use a number");
  CHECK(error_of(settings, "granularity", "words")
            .starts_with("granularity: unknown value \"words\""));
  CHECK(error_of(settings, "sort", "size").starts_with("sort: "));
  CHECK(settings.options().node_count == -1);
  CHECK(line_of(settings, "granularity").contains("(default)"));
  CHECK_FALSE(Settings::knows("nothing"));
}

TEST_CASE("the list names the types of samples and marks defaults") {
  const Settings settings({});
  CHECK(line_of(settings, "sample_index") ==
        "sample_index              = inuse_space          //: [alloc_space | "
        "inuse_space]");
  CHECK(line_of(settings, "nodecount") ==
        "nodecount                 = -1                   //: default");
  CHECK(line_of(settings, "compact_labels").ends_with("= true"));
}

TEST_CASE("what the flags have chosen is there from the start") {
  const Settings settings(
      {.granularity = pprof::Granularity::lines, .filters = {.focus = "main"}});
  CHECK(line_of(settings, "granularity").contains("= lines"));
  CHECK(line_of(settings, "focus").ends_with("= main"));
}

TEST_CASE("names are sorted") {
  CHECK(std::ranges::is_sorted(Settings::names()));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::shell
