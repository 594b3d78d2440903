// SPDX-License-Identifier: MIT
#include "pprof/aggregate.hpp"
#include "pprof/granularity_names.hpp"
#include "support/describe_profile.hpp"
#include "support/text_profile.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kprofefe::pprof {
namespace {

TEST_SUITE_BEGIN("pprof");

/// The location and the functions after the aggregation.
std::string aggregated(const AggregateOptions& options) {
  test::TextProfile made;
  made.sample({1}, {"in|out"});
  made->lines[0].column = 4;
  aggregate(*made, options);
  const std::string all = test::describe(*made);
  return all.substr(all.find("location"));
}

TEST_CASE("each granularity keeps what it tells apart") {
  CHECK(aggregated({.granularity = Granularity::functions}) ==
        "location 0x0 m-1 f0:0:0 f1:0:0\n"
        "function in (in) :3\nfunction out (out) :3\n");
  CHECK(aggregated({.granularity = Granularity::filefunctions}) ==
        "location 0x0 m-1 f0:0:0 f1:0:0\n"
        "function in (in) in.go:3\nfunction out (out) out.go:3\n");
  CHECK(aggregated({.granularity = Granularity::files}) ==
        "location 0x0 m-1 f0:0:0 f1:0:0\n"
        "function  () in.go:3\nfunction  () out.go:3\n");
  CHECK(aggregated({.granularity = Granularity::lines}) ==
        "location 0x0 m-1 f0:7:0 f1:7:0\n"
        "function in (in) in.go:3\nfunction out (out) out.go:3\n");
  CHECK(aggregated({.granularity = Granularity::addresses}) ==
        "location 0x1000 m-1 f0:7:4 f1:7:0\n"
        "function in (in) in.go:3\nfunction out (out) out.go:3\n");
}

TEST_CASE("columns count when asked for, inlined functions when not refused") {
  CHECK(aggregated({.granularity = Granularity::lines, .columns = true})
            .starts_with("location 0x0 m-1 f0:7:4 f1:7:0\n"));
  CHECK(aggregated({.granularity = Granularity::functions, .no_inlines = true})
            .starts_with("location 0x0 m-1 f1:0:0\n"));
  CHECK(aggregated({.granularity = Granularity::addresses, .no_inlines = true})
            .starts_with("location 0x1000 m-1 f1:7:0\n"));
}

TEST_CASE("mappings no longer claim what was forgotten") {
  test::TextProfile made;
  made->mappings = {{.has_functions = true,
                     .has_filenames = true,
                     .has_line_numbers = true,
                     .has_inline_frames = true}};
  aggregate(*made, {.granularity = Granularity::filefunctions});
  CHECK(made->mappings[0] == Mapping{.has_functions = true,
                                     .has_filenames = true,
                                     .has_inline_frames = true});
}

TEST_CASE("granularities have names") {
  CHECK(parse_granularity("lines") == Granularity::lines);
  const auto wrong = parse_granularity("line");
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().message ==
        "unknown granularity \"line\": use one of functions, filefunctions, "
        "files, lines, addresses");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::pprof
