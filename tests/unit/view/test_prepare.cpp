// SPDX-License-Identifier: MIT
#include "golden.hpp"

#include "view/comments.hpp"
#include "view/prepare.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace kprofefe::view {
namespace {

TEST_SUITE_BEGIN("view");

/// A heap as Go describes it.
ProfileMaker heap() {
  return ProfileMaker("alloc_space/bytes inuse_space/bytes");
}

TEST_CASE("find_sample_index takes the last value when nothing else is said") {
  CHECK(find_sample_index(heap().profile(), parse_sample_index("")) == 1);
}

TEST_CASE("find_sample_index prefers the profile's default, if it is there") {
  ProfileMaker maker = heap();
  maker.profile().default_sample_type = maker.add("alloc_space");
  CHECK(find_sample_index(maker.profile(), parse_sample_index("")) == 0);

  maker.profile().default_sample_type = maker.add("nowhere");
  CHECK(find_sample_index(maker.profile(), parse_sample_index("")) == 1);
}

TEST_CASE("find_sample_index takes numbers and names, old names too") {
  CHECK(find_sample_index(heap().profile(), parse_sample_index("0")) == 0);
  CHECK(find_sample_index(heap().profile(),
                          parse_sample_index("alloc_space")) == 0);

  ProfileMaker old("objects/count space/bytes");
  CHECK(find_sample_index(old.profile(), parse_sample_index("inuse_objects")) ==
        0);
}

TEST_CASE("find_sample_index says which there are") {
  const auto name =
      find_sample_index(heap().profile(), parse_sample_index("cpu"));
  REQUIRE(!name);
  CHECK(name.error().kind == ErrorKind::usage);
  CHECK(name.error().message ==
        "sample_index \"cpu\" must be one of: alloc_space, inuse_space");

  const auto number =
      find_sample_index(heap().profile(), parse_sample_index("2"));
  REQUIRE(!number);
  CHECK(number.error().message == "sample_index 2 is outside the range [0..1]");
  CHECK(!find_sample_index(heap().profile(), parse_sample_index("-1")));
  CHECK(!find_sample_index(heap().profile(), parse_sample_index("+-1")));
  CHECK(!find_sample_index(ProfileMaker("").profile(), parse_sample_index("")));
}

TEST_CASE("prepare takes the total before filters") {
  const Prepared all = prepared_for(ReportKind::top);
  const Prepared some =
      prepared_for(ReportKind::top, {.filters = {.focus = "scan"}});

  CHECK(all.total == 991'000'000);
  CHECK(some.total == 991'000'000);
  CHECK(some.active_filters == std::vector<std::string>{"focus=scan"});
}

TEST_CASE("prepare takes the total of what is left when asked to") {
  const Prepared prepared = prepared_for(
      ReportKind::top,
      {.relative_percentages = true, .filters = {.focus = "scan"}});

  CHECK(prepared.total == 500'000'000);
}

TEST_CASE("prepare says which filters matched nothing") {
  const Prepared prepared = prepared_for(
      ReportKind::top,
      {.filters = {.show_from = "nowhere", .tag_focus = "nothing"}});

  CHECK(prepared.warnings ==
        std::vector<std::string>{"ShowFrom expression matched no samples",
                                 "TagFocus expression matched no samples"});
}

TEST_CASE("sample types of one name are shown, and told apart by number") {
  ProfileMaker maker("n/count space/bytes space/kb");
  maker.sample({maker.at("f")}, {1, 2, 3});
  const auto value_of = [&](const SampleIndex& index) {
    const Prepared prepared =
        prepared_for(ReportKind::top, {.sample_index = index}, maker.profile());
    return std::pair(prepared.total, prepared.warnings);
  };
  const std::string note =
      "2 sample types are called space, this is number 1: choose one with "
      "--sample-index NUMBER";
  CHECK(value_of("space") ==
        std::pair(std::int64_t{2}, std::vector<std::string>{note}));
  CHECK(value_of(std::int64_t{2}).first == 3);
  CHECK(value_of("n").second.empty());
}

TEST_CASE("filters are about the frames that labels become") {
  const Prepared prepared = prepared_for(
      ReportKind::top, {.filters = {.focus = "/users"},
                        .label_frames = {.root = "endpoint", .leaf = "none"}});

  CHECK(prepared.profile.samples.size() == 1);
  CHECK(prepared.warnings ==
        std::vector<std::string>{"TagLeaf expression matched no samples"});
}

TEST_CASE("a comment is added behind the profile's own") {
  ProfileMaker maker("objects/count");
  maker.profile().comments = {maker.add("#hidden"), maker.add("own")};
  const Prepared prepared = prepared_for(
      ReportKind::comments, {.add_comment = "mine"}, maker.profile());

  CHECK(render_comments(prepared) == "#hidden\nown\nmine\n");
}

TEST_CASE("prepare refuses expressions that are none, and division by zero") {
  const auto expression =
      prepare(server_profile(), ReportKind::top, {.filters = {.focus = "("}});
  REQUIRE(!expression);
  CHECK(expression.error().kind == ErrorKind::usage);

  const auto division =
      prepare(server_profile(), ReportKind::top, {.divide_by = 0});
  REQUIRE(!division);
  CHECK(division.error().kind == ErrorKind::usage);
}

TEST_CASE("the total has no signs") {
  ProfileMaker maker = heap();
  const auto main = maker.at("main.main");
  maker.sample({main}, {0, 70}).sample({main}, {0, -30});

  CHECK(prepared_for(ReportKind::top, {}, maker.profile()).total == 100);
}

TEST_CASE("the total of a comparison is the base's") {
  ProfileMaker maker = heap();
  const auto main = maker.at("main.main");
  maker.sample({main}, {0, 70});
  maker.sample({main}, {0, -30}).label("pprof::base", "true");

  CHECK(prepared_for(ReportKind::top, {}, maker.profile()).total == 30);
}

TEST_CASE("the total of means is a mean") {
  ProfileMaker maker("contentions/count delay/nanoseconds");
  const auto main = maker.at("main.main");
  maker.sample({main}, {3, 600}).sample({main}, {1, 200});
  const Prepared prepared =
      prepared_for(ReportKind::top, {.mean = true}, maker.profile());

  CHECK(prepared.total == 200);
  CHECK(prepared.sample_type == "mean_delay");
}

TEST_CASE("prepare knows the units of numbers and tells when they differ") {
  ProfileMaker maker = heap();
  const auto main = maker.at("main.main");
  maker.sample({main}, {1, 1}).number("size", 1, "kilobytes");
  maker.sample({main}, {1, 1}).number("size", 1, "bytes");
  maker.sample({main}, {1, 1}).number("request", 1);
  const pprof::StringId size = maker.add("size");
  const pprof::StringId request = maker.add("request");
  const Prepared prepared = prepared_for(ReportKind::tags, {}, maker.profile());

  CHECK(prepared.number_units.at(size) == "kilobytes");
  CHECK(prepared.number_units.at(request) == "bytes");
  CHECK(prepared.warnings ==
        std::vector<std::string>{"For tag size used unit kilobytes, also "
                                 "encountered unit(s) bytes"});
}

TEST_CASE("prepare shows file names without what is of no use") {
  ProfileMaker maker = heap();
  const auto main =
      maker.location(1, {{"main.main", "/proc/self/cwd/a/../main.go", 3}});
  maker.sample({main}, {1, 1});
  const auto file_in = [&](ReportKind kind) {
    const Prepared prepared = prepared_for(
        kind, {.granularity = pprof::Granularity::lines}, maker.profile());
    return std::string(
        prepared.profile.strings.at(prepared.profile.functions.front().file));
  };

  CHECK(file_in(ReportKind::top) == "main.go");
  CHECK(file_in(ReportKind::traces) == "/proc/self/cwd/main.go");
  CHECK(file_in(ReportKind::raw) == "/proc/self/cwd/a/../main.go");
}

}  // namespace
}  // namespace kprofefe::view
