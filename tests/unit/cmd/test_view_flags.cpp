// SPDX-License-Identifier: MIT
#include "cmd/check_sources.hpp"
#include "cmd/view_flags.hpp"

#include <CLI/CLI.hpp>
#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace kprofefe::cmd {
namespace {

/// The flags of top after reading `words`.
struct Typed {
  ViewFlags view;
  BaseFlags base;
  SourceFlags sources;

  explicit Typed(std::vector<std::string> words) {
    CLI::App app;
    add_value_flags(app, view);
    add_row_flags(app, view);
    add_filter_flags(app, view);
    add_base_flags(app, base);
    add_source_flags(app, sources);
    add_rows_or_namespace(app, view, sources.live.pods);
    app.add_option("SOURCE", rest);
    std::ranges::reverse(words);
    app.parse(words);
  }

  std::vector<std::string> rest;
};

TEST_SUITE_BEGIN("cmd::view_flags");

TEST_CASE("without flags a view has pprof's defaults") {
  const auto options = validate(Typed({}).view);
  REQUIRE(options);
  CHECK(options->unit == "minimum");
  CHECK(options->node_count == -1);
  CHECK(options->trim);
  CHECK_FALSE(options->sort_by_cum);
}

TEST_CASE("flags reach the options that have pprof's names") {
  const auto options = validate(
      Typed({"--cum", "--sample-index", "inuse_space", "--unit=mb", "--no-trim",
             "--focus=a", "--ignore=b", "--hide=c", "--show=d", "--show-from=e",
             "--tagfocus=f", "--tagignore=g", "--tagshow=h", "--taghide=i",
             "--granularity", "lines", "--noinlines"})
          .view);
  REQUIRE(options);
  CHECK(options->sort_by_cum);
  CHECK(options->sample_index == "inuse_space");
  CHECK(options->unit == "mb");
  CHECK_FALSE(options->trim);
  CHECK(options->noinlines);
  CHECK(options->granularity == pprof::Granularity::lines);
  const pprof::Filters& filters = options->filters;
  CHECK(filters.focus + filters.ignore + filters.hide + filters.show +
            filters.show_from + filters.tag_focus + filters.tag_ignore +
            filters.tag_show + filters.tag_hide ==
        "abcdefghi");
}

TEST_CASE("-n is rows when it is a number, else the namespace") {
  const Typed rows({"-n", "20", "file"});
  CHECK(rows.view.options.node_count == 20);
  CHECK(rows.sources.live.pods.cluster.choice.ns.empty());
  CHECK(rows.rest == std::vector<std::string>{"file"});

  const Typed name({"-n", "shop", "-n", "5"});
  CHECK(name.view.options.node_count == 5);
  CHECK(name.sources.live.pods.cluster.choice.ns == "shop");

  const Typed longer({"--namespace", "20", "--nodecount", "7"});
  CHECK(longer.view.options.node_count == 7);
  CHECK(longer.sources.live.pods.cluster.choice.ns == "20");
}

TEST_CASE("-n takes digits for rows and nothing else") {
  for (const char* word : {"-0", "-1", "+1", "1x", "99999999999"}) {
    CAPTURE(word);
    const Typed typed({std::string("-n") + word});
    CHECK(typed.view.options.node_count == -1);
    CHECK(typed.sources.live.pods.cluster.choice.ns == word);
  }
}

TEST_CASE("a divisor is a number above 0") {
  CHECK(Typed({"--divide-by=2.5"}).view.options.divide_by == 2.5);
  CHECK(Typed({"--divide-by=1e3"}).view.options.divide_by == 1000);
  for (const char* word : {"0", "-1", "nan", "inf", "two"}) {
    CAPTURE(word);
    CHECK_THROWS_WITH_AS(
        Typed({std::string("--divide-by=") + word}),
        (std::string("--divide-by: \"") + word + "\" is no number above 0")
            .c_str(),
        CLI::ParseError);
  }
}

TEST_CASE("an unknown granularity is wrong usage that names the flag") {
  const auto options = validate(Typed({"--granularity=words"}).view);
  REQUIRE_FALSE(options);
  CHECK(options.error().kind == ErrorKind::usage);
  CHECK(options.error().message.starts_with("--granularity: "));
}

TEST_CASE("one base at most, and one to normalize by") {
  CHECK(validate(Typed({}).base));
  CHECK(validate(Typed({"--base=a", "--base=b", "--normalize"}).base));
  CHECK_FALSE(validate(Typed({"--base=a", "--diff-base=b"}).base));
  CHECK_FALSE(validate(Typed({"--normalize"}).base));
}

TEST_CASE("what to read is said once, by words or by flags") {
  const std::vector<std::string> none;
  const std::vector<std::string> word = {"api-0"};
  CHECK_FALSE(check_sources(Typed({}).sources, none));
  CHECK(check_sources(Typed({}).sources, word));
  for (const char* selection : {"-l=app=api", "-A", "--service=api",
                                "--field-selector=spec.nodeName=n"}) {
    CAPTURE(selection);
    const Typed typed({selection});
    CHECK(check_sources(typed.sources, none));
    CHECK_FALSE(check_sources(typed.sources, word));
  }
  CHECK_FALSE(check_sources(Typed({"-A", "--from=1h"}).sources, none));
  CHECK_FALSE(check_sources(Typed({"--service=api", "-n=x"}).sources, none));
  CHECK(check_sources(Typed({"--service=api", "--profile-type=other"}).sources,
                      none));
  const auto other =
      check_sources(Typed({"-A", "--profile-type=other"}).sources, none);
  REQUIRE_FALSE(other);
  CHECK(other.error().message.starts_with("--profile-type other: profefe has"));
  const Typed both_make_sense({"-n=shop", "--seconds=3"});
  CHECK(check_sources(both_make_sense.sources, none));
  CHECK(check_sources(both_make_sense.sources, word));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::cmd
