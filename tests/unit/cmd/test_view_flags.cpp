// SPDX-License-Identifier: MIT
#include "cmd/source_flags.hpp"
#include "cmd/view_flags.hpp"
#include "parse.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace kprofefe::cmd {
namespace {

/// The flags of top after reading `words`.
struct Typed {
  CLI::App app;
  view::Options view;
  BaseFlags base;
  SourceFlags sources;
  std::vector<std::string> rest;

  explicit Typed(std::vector<std::string> words) {
    add_value_flags(app, view);
    add_row_flags(app, view, view::ReportKind::top);
    add_filter_flags(app, view);
    add_base_flags(app, base);
    add_source_flags(app, sources);
    app.add_option("SOURCE", rest);
    parse(app, std::move(words));
  }
};

/// What becomes of the flags with these sources.
Result<ReadInputs> inputs_of(const Typed& typed,
                             const std::vector<std::string>& words) {
  return complete(typed.sources, words, {}, {});
}

TEST_SUITE_BEGIN("cmd::view_flags");

TEST_CASE("without flags a view has pprof's defaults") {
  const view::Options options = Typed({}).view;
  CHECK(check(options, ShownAs::data));
  CHECK(options.unit == "minimum");
  CHECK(options.node_count == -1);
  CHECK(options.trim);
  CHECK_FALSE(options.sort_by_cum);
}

TEST_CASE("flags reach the options that have pprof's names") {
  const Typed typed({"--cum", "--sample-index", "inuse_space", "--unit=mb",
                     "--no-trim", "--focus=a", "--ignore=b", "--hide=c",
                     "--show=d", "--show-from=e", "--tagfocus=f",
                     "--tagignore=g", "--tagshow=h", "--taghide=i",
                     "--granularity", "lines", "--noinlines"});
  const view::Options& options = typed.view;
  CHECK(options.sort_by_cum);
  CHECK(std::get<std::string>(options.sample_index) == "inuse_space");
  CHECK(options.unit == "mb");
  CHECK_FALSE(options.trim);
  CHECK(options.noinlines);
  CHECK(options.granularity == pprof::Granularity::lines);
  const pprof::Filters& filters = options.filters;
  CHECK(filters.focus + filters.ignore + filters.hide + filters.show +
            filters.show_from + filters.tag_focus + filters.tag_ignore +
            filters.tag_show + filters.tag_hide ==
        "abcdefghi");
}

TEST_CASE("what pprof calls otherwise is taken, too") {
  CHECK_FALSE(Typed({"--trim=false"}).view.trim);
  CHECK(Typed({"--trim=true"}).view.trim);
  CHECK(Typed({"--trim"}).view.trim);
  CHECK(Typed({"--no-trim=false"}).view.trim);
  CHECK(Typed({"--cum=true"}).view.sort_by_cum);
  CHECK_FALSE(Typed({"--cum=false"}).view.sort_by_cum);
  CHECK_FALSE(Typed({"--flat", "--flat=false"}).view.sort_by_cum);
  CHECK(Typed({"--sort=cum"}).view.sort_by_cum);
  CHECK_FALSE(Typed({"--sort", "flat"}).view.sort_by_cum);
  CHECK_THROWS_AS(Typed({"--sort=name"}), CLI::ParseError);
  CHECK(Typed({"--lines"}).view.granularity == pprof::Granularity::lines);
  CHECK(Typed({"--lines=false"}).view.granularity ==
        pprof::Granularity::functions);
  CHECK(Typed({"--call-tree=true", "--intel-syntax", "a"}).rest.size() == 1);
}

TEST_CASE("the help has the flags for rows that do something") {
  const auto help_of = [](view::ReportKind kind) {
    CLI::App app;
    view::Options options;
    add_row_flags(app, options, kind);
    return app.help();
  };
  const auto has = [](const std::string& text, const char* flag) {
    return text.find(flag) != std::string::npos;
  };
  CHECK(has(help_of(view::ReportKind::tree), "--nodecount"));
  CHECK_FALSE(has(help_of(view::ReportKind::tree), "--call-tree"));
  CHECK_FALSE(has(help_of(view::ReportKind::peek), "--nodecount"));
  CHECK(has(help_of(view::ReportKind::peek), "--cum"));
  CHECK(has(help_of(view::ReportKind::traces), "--granularity"));
  CHECK_FALSE(has(help_of(view::ReportKind::traces), "--cum"));
  CHECK(has(help_of(view::ReportKind::list), "--drop-negative"));
  CHECK_FALSE(has(help_of(view::ReportKind::tags), "--granularity"));
}

TEST_CASE("-n is the namespace, also where it is a number, and -r the rows") {
  const Typed typed({"-n", "20", "-r", "7", "file"});
  CHECK(typed.view.node_count == 7);
  CHECK(typed.sources.live.pods.cluster.choice.ns == "20");
  CHECK(typed.rest == std::vector<std::string>{"file"});
  CHECK(Typed({"--nodecount", "5"}).view.node_count == 5);
  for (const char* word : {"-1", "1x", "99999999999"}) {
    CAPTURE(word);
    CHECK_THROWS_AS(Typed({"-r", word}), CLI::ParseError);
  }
}

TEST_CASE("values for programs are in the profile's own unit") {
  const Typed typed({"--unit=ms"});
  CHECK(check(typed.view, ShownAs::text));
  CHECK_FALSE(check(typed.view, ShownAs::data));
}

TEST_CASE("a divisor is a number above 0") {
  CHECK(Typed({"--divide-by=2.5"}).view.divide_by == 2.5);
  CHECK(Typed({"--divide-by=1e3"}).view.divide_by == 1000);
  for (const char* word : {"0", "-1", "nan", "inf", "two"}) {
    CAPTURE(word);
    CHECK_THROWS_WITH_AS(Typed({std::string("--divide-by=") + word}),
                         (std::string("--divide-by: invalid number \"") + word +
                          "\": must be greater than 0")
                             .c_str(),
                         CLI::ParseError);
  }
}

TEST_CASE("an unknown granularity is wrong usage that names the flag") {
  CHECK_THROWS_AS(Typed({"--granularity=words"}), CLI::ValidationError);
}

TEST_CASE("one base at most, and one to normalize by") {
  CHECK(check(Typed({}).base));
  CHECK(check(Typed({"--base=a", "--base=b", "--normalize"}).base));
  CHECK_FALSE(check(Typed({"--base=a", "--diff-base=b"}).base));
  CHECK_FALSE(check(Typed({"--normalize"}).base));
}

TEST_CASE("what to read is said once, by words or by flags") {
  const std::vector<std::string> none;
  const std::vector<std::string> word = {"http://h/"};
  const std::vector<std::string> pod = {"pod/api-0"};
  CHECK_FALSE(inputs_of(Typed({}), none));
  CHECK(inputs_of(Typed({}), word));
  for (const char* selection : {"-l=app=api", "-A", "--service=api",
                                "--field-selector=spec.nodeName=n"}) {
    CAPTURE(selection);
    const Typed typed({selection});
    CHECK(inputs_of(typed, none));
    CHECK_FALSE(inputs_of(typed, word));
  }
  CHECK_FALSE(inputs_of(Typed({"-A", "--from=1h"}), none));
  CHECK_FALSE(inputs_of(Typed({"--service=api", "-n", "x"}), none));
  CHECK(inputs_of(Typed({"--service=api", "--profile-type=other"}), none));
  const auto other = inputs_of(Typed({"-A", "--profile-type=other"}), none);
  REQUIRE_FALSE(other);
  CHECK(other.error().message.starts_with(
      "--profile-type other: pods do not serve such profiles"));
  const Typed both_make_sense({"-n", "shop", "--seconds=3"});
  CHECK(inputs_of(both_make_sense, none));
  CHECK(inputs_of(both_make_sense, pod));
}

TEST_CASE("who types -n for rows is told of -r") {
  Typed typed({"-n", "20"});
  const std::vector<std::string> word = {"http://h/"};
  CHECK(inputs_of(typed, word).error().message ==
        "-n only applies to pods, but no source is a pod");
  typed.sources.has_rows = true;
  CHECK(
      inputs_of(typed, word).error().message ==
      "-n only applies to pods, but no source is a pod; for the number of rows "
      "use -r 20");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::cmd
