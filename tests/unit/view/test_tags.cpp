// SPDX-License-Identifier: MIT
#include "golden.hpp"

#include "view/tags.hpp"

namespace kprofefe::view {
namespace {

TEST_SUITE_BEGIN("view");

TEST_CASE("tags are what go tool pprof -tags prints") {
  CHECK(render_text(tags(prepared_for(ReportKind::tags))) ==
        " bytes: Total 500ms of 991ms (50.45%)\n"
        "        500ms (50.45%): 2kB\n"
        "\n"
        " endpoint: Total 890ms of 991ms (89.81%)\n"
        "           500ms (50.45%): /users\n"
        "           390ms (39.35%): /orders\n"
        "\n");
}

TEST_CASE("tags add numbers up by the text that they have in the unit") {
  ProfileMaker maker("samples/count");
  const auto main = maker.at("main");
  maker.sample({main}, {1}).number("bytes", 1024, "bytes");
  maker.sample({main}, {2}).number("bytes", 1025, "bytes");
  maker.sample({main}, {4}).number("bytes", 3072, "bytes");
  const TagsReport report =
      tags(prepared_for(ReportKind::tags, {.unit = "mb"}, maker.profile()));

  REQUIRE(report.tags.size() == 1);
  CHECK(report.tags[0].value == 7);
  REQUIRE(report.tags[0].values.size() == 1);
  CHECK(report.tags[0].values[0].text == "0");
}

TEST_CASE("values of one size are in the order of their names") {
  ProfileMaker maker("samples/count");
  const auto main = maker.at("main");
  maker.sample({main}, {2}).label("k", "b");
  maker.sample({main}, {-2}).label("k", "a");
  maker.sample({main}, {3}).label("k", "c");

  CHECK(
      render_text(tags(prepared_for(ReportKind::tags, {}, maker.profile()))) ==
      " k: Total 3 of 7 (42.86%)\n"
      "     3 (42.86%): c\n"
      "    -2 (28.57%): a\n"
      "     2 (28.57%): b\n"
      "\n");
}

TEST_CASE("tags of nothing have no shares") {
  ProfileMaker maker("samples/count");
  maker.sample({maker.at("main")}, {0}).label("k", "v");

  CHECK(
      render_text(tags(prepared_for(ReportKind::tags, {}, maker.profile()))) ==
      " k: Total 0 of 0\n    0: v\n\n");
}

TEST_CASE("a profile without labels has no tags") {
  CHECK(render_text(tags(prepared_for(ReportKind::tags, {},
                                      ProfileMaker("samples/count").profile())))
            .empty());
}

}  // namespace
}  // namespace kprofefe::view
