// SPDX-License-Identifier: MIT
#include "pprof/filter.hpp"
#include "support/text_profile.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace kprofefe::pprof {
namespace {

TEST_SUITE_BEGIN("pprof");

using test::stacks_of;
using test::TextProfile;

TextProfile example() {
  TextProfile made;
  made.sample({1}, {"leaf|mid", "main"}).label("color", "red");
  made.label("bytes", 2048, "").label("size", 3, "kb");
  made.sample({2}, {"other", "main"}).label("color", "blue");
  made.label("id", "7").label("bytes", 512, "");
  made.sample({4}, {"main"});
  return made;
}

struct Filtered {
  std::string stacks;
  std::vector<std::string_view> unmatched;
  std::vector<std::string> notes;
};

Filtered filter(TextProfile made, const Filters& filters) {
  const auto report = apply_filters(*made, filters);
  REQUIRE_MESSAGE(report, report.error().message);
  for (Sample& sample : made->samples) {
    sample.label_count = 0;
  }
  return {stacks_of(*made), report->unmatched, report->notes};
}

std::string stacks(const Filters& filters) {
  return filter(example(), filters).stacks;
}

/// The values of the samples that a filter by labels leaves.
std::string left(const Filters& filters) {
  std::string values;
  for (const char c : stacks(filters)) {
    values += c >= '0' && c <= '9' ? std::string(1, c) : std::string();
  }
  return values;
}

TEST_CASE("focus and ignore choose samples by function, file and mapping") {
  CHECK(stacks({.focus = "mid|other"}) ==
        "1: leaf|mid < main\n2: other < main\n");
  CHECK(stacks({.focus = "^other.go$"}) == "2: other < main\n");
  CHECK(stacks({.ignore = "leaf"}) == "2: other < main\n4: main\n");
  CHECK(stacks({.focus = "main", .ignore = "^other$"}) ==
        "1: leaf|mid < main\n4: main\n");

  TextProfile mapped = example();
  mapped->mappings = {{.file = mapped.text("/lib/libc.so")}};
  mapped->locations[2].mapping = 0;
  CHECK(filter(mapped, {.focus = "libc"}).stacks == "2: other < main\n");
}

TEST_CASE("hide and show drop frames, and samples without any") {
  CHECK(stacks({.hide = "mid"}) ==
        "1: leaf < main\n2: other < main\n4: main\n");
  CHECK(stacks({.hide = "main"}) == "1: leaf|mid\n2: other\n");
  CHECK(stacks({.show = "leaf|other"}) == "1: leaf\n2: other\n");
}

TEST_CASE("show_from drops what called the outermost match") {
  CHECK(stacks({.show_from = "leaf|other"}) == "1: leaf\n2: other\n");
  CHECK(stacks({.show_from = "main"}) == stacks({}));
  CHECK(stacks({.show_from = "never"}).empty());
}

TEST_CASE("prune_from drops what the innermost match called") {
  CHECK(stacks({.prune_from = "mid|main"}) ==
        "1: mid < main\n2: main\n4: main\n");
}

TEST_CASE("labels choose samples by texts, all expressions or a key's any") {
  CHECK(left({.tag_focus = "red"}) == "1");
  CHECK(left({.tag_focus = "color:.*e,id:7"}) == "2");
  CHECK(left({.tag_focus = "color=red,blue"}) == "12");
  CHECK(left({.tag_focus = "id=red"}).empty());
  CHECK(left({.tag_ignore = "color=red"}) == "24");
  CHECK(left({.tag_focus = "color", .tag_ignore = "id:7"}) == "1");
}

TEST_CASE("labels choose samples by numbers, exact or from and to") {
  CHECK(left({.tag_focus = "2kb"}) == "1");
  CHECK(left({.tag_focus = "bytes=512b:1kb"}) == "2");
  CHECK(left({.tag_focus = ":1kb"}) == "2");
  CHECK(left({.tag_focus = "1kb:"}) == "1");
  CHECK(left({.tag_ignore = "size=3kb"}) == "24");
  CHECK(left({.tag_focus = "size=5ms:"}).empty());
  const Filtered ranged = filter(example(), {.tag_focus = "1kb:"});
  REQUIRE(ranged.notes.size() == 1);
  CHECK(
      ranged.notes[0] ==
      "tagfocus: 1kb: is interpreted as a range, not as a regular expression");
  // Two units that do not fit together are a regular expression.
  CHECK(filter(example(), {.tag_focus = "1kb:2ms"}).notes.empty());
}

TEST_CASE("tagshow and taghide drop labels, and no samples") {
  TextProfile made = example();
  REQUIRE(apply_filters(*made, {.tag_show = "color|id", .tag_hide = "id"}));
  CHECK(stacks_of(*made) ==
        "1: leaf|mid < main color=red\n2: other < main color=blue\n4: main\n");
}

TEST_CASE("filters that match nothing are named") {
  CHECK(filter(example(), {.focus = "never"}).unmatched ==
        std::vector<std::string_view>{"focus"});
  CHECK(filter(example(), {.ignore = "never",
                           .hide = "never",
                           .tag_ignore = "color=x",
                           .tag_show = "x",
                           .tag_hide = "x"})
            .unmatched == std::vector<std::string_view>{"ignore", "hide",
                                                        "tagignore", "tagshow",
                                                        "taghide"});
  CHECK(filter(example(), {.show = "x", .show_from = "x", .tag_focus = "x"})
            .unmatched ==
        std::vector<std::string_view>{"show", "show_from", "tagfocus"});
  CHECK(filter(example(), {.focus = "main", .hide = "leaf"}).unmatched.empty());
}

TEST_CASE("what surprises is told in pprof's words") {
  TextProfile made = example();
  const auto report = apply_filters(
      *made, {.show_from = "never", .tag_focus = "1mb:", .tag_hide = "never"});
  REQUIRE_MESSAGE(report, report.error().message);
  CHECK(warnings_of(*report) ==
        std::vector<std::string>{"tagfocus: 1mb: is interpreted as a range, "
                                 "not as a regular expression",
                                 "ShowFrom expression matched no samples",
                                 "TagFocus expression matched no samples",
                                 "TagHide expression matched no samples"});
}

TEST_CASE("an expression that is none is named with its flag") {
  TextProfile made = example();
  const auto report = apply_filters(*made, {.tag_hide = "("});
  REQUIRE_FALSE(report);
  CHECK(report.error().kind == ErrorKind::usage);
  CHECK(report.error().message.starts_with(
      "taghide: invalid regular expression \"(\": "));
  CHECK(apply_filters(*made, {.tag_focus = "99999999999999999999kb"})
            .error()
            .message ==
        "tagfocus: number 99999999999999999999 is out of range");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
