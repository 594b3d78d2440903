// SPDX-License-Identifier: MIT
#include "golden.hpp"

#include "support/scratch.hpp"
#include "view/list.hpp"

#include <fmt/format.h>

namespace kprofefe::view {
namespace {

TEST_SUITE_BEGIN("view");

/// Numbered lines, every other with an end as Windows writes it.
std::string numbered_lines(int count) {
  std::string text;
  for (int line = 1; line <= count; ++line) {
    text += fmt::format("line {}{}", line, line % 2 == 0 ? "\r\n" : "\n");
  }
  return text;
}

Result<ListReport> list_of(std::string_view expression, const Options& options,
                           pprof::Profile profile = server_profile()) {
  return list(prepared_for(ReportKind::list, options, std::move(profile)),
              *pprof::Regex::compile(expression));
}

TEST_CASE("list is what go tool pprof -list prints") {
  const test::Scratch scratch;
  static_cast<void>(scratch.write("json/scan.go", numbered_lines(42)));
  static_cast<void>(scratch.write("json/parse.go", numbered_lines(13)));
  const auto report =
      list_of("json", {.source_path = {scratch.path() + "/json"}});
  REQUIRE(report);

  CHECK(render_text(*report) == R"(Total: 991ms
ROUTINE ======================== json.parse in /src/json.parse.go
     250ms      250ms (flat, cum) 25.23% of Total
 Error: open /src/json.parse.go: no such file or directory
ROUTINE ======================== json.parse in parse.go
         0      500ms (flat, cum) 50.45% of Total
         .          .     10:line 10
         .          .     11:line 11
         .      500ms     12:line 12
         .          .     13:line 13
ROUTINE ======================== json.scan in scan.go
     500ms      500ms (flat, cum) 50.45% of Total
         .          .     30:line 30
         .          .     31:line 31
         .          .     32:line 32
         .          .     33:line 33
         .          .     34:line 34
         .          .     35:line 35
         .          .     36:line 36
         .          .     37:line 37
         .          .     38:line 38
         .          .     39:line 39
     500ms      500ms     40:line 40
         .          .     41:line 41
         .          .     42:line 42
)");
}

TEST_CASE("list looks for relative names in folders above the source path") {
  const test::Scratch scratch;
  static_cast<void>(scratch.write("src/main.main.go", numbered_lines(7)));
  static_cast<void>(scratch.write("deep/down/other.go", ""));
  const auto report = list_of(
      "main.main",
      {.source_path = {scratch.path() + "/deep/down"}, .trim_path = {"/"}});
  REQUIRE(report);

  REQUIRE(report->routines.size() == 1);
  CHECK(report->routines[0].file == "src/main.main.go");
  // From five lines before the first sample.
  REQUIRE(report->routines[0].lines.size() == 6);
  CHECK(report->routines[0].lines.front().number == 2);
  CHECK(report->routines[0].lines.back().cum == 890'000'000);
}

TEST_CASE("list says where it looked for a file in vain") {
  const test::Scratch scratch;
  const auto report = list_of(
      "main.main", {.source_path = {scratch.path()}, .trim_path = {"/src"}});
  REQUIRE(report);

  CHECK(report->routines.at(0).error ==
        fmt::format("could not find file main.main.go on path {}",
                    scratch.path()));
}

TEST_CASE("list says when the profile knows no file") {
  ProfileMaker maker("samples/count");
  maker.sample({maker.location(1, {{"f", "", 3}})}, {1});
  const auto report = list_of("f", {}, maker.profile());
  REQUIRE(report);

  CHECK(render_text(*report) == "Total: 1\nNo source information for f\n");
}

TEST_CASE("list does not open a file for a function that starts behind it") {
  ProfileMaker maker("samples/count");
  maker.sample({maker.location(1, {{"f", "/nowhere/f.go", 3, 100}})}, {1});
  const auto report = list_of("f", {}, maker.profile());
  REQUIRE(report);

  CHECK(report->routines.at(0).error.empty());
  CHECK(report->routines.at(0).lines.empty());
}

TEST_CASE("list of nothing is an error") {
  const auto report = list_of("nowhere", {});

  REQUIRE(!report);
  CHECK(report.error().kind == ErrorKind::not_found);
  CHECK(report.error().message == "no matches found for regexp: nowhere");
}

}  // namespace
}  // namespace kprofefe::view
