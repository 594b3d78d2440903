// SPDX-License-Identifier: MIT
#include "web/parameters.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace kprofefe::web {
namespace {

TEST_SUITE_BEGIN("web::parse_query");

TEST_CASE("the parameters are those of pprof's page") {
  const std::vector<Parameter> parameters = {
      {"f", "main"},     {"i", "runtime"},      {"h", "a"},
      {"s", "b"},        {"sf", "c"},           {"prunefrom", "d"},
      {"tf", "pod=x"},   {"ti", "y"},           {"ts", "z"},
      {"th", "w"},       {"si", "cpu"},         {"g", "lines"},
      {"unit", "ms"},    {"sort", "cum"},       {"n", "30"},
      {"nf", "0.1"},     {"ef", "0.2"},         {"trim", "f"},
      {"rel", "t"},      {"noinlines", "true"}, {"norm", "1"},
      {"profile", "3"},  {"base", "1"},         {"p", "main.work"},
      {"calltree", "t"}, {"theme", "dark"},
  };
  const Result<ViewQuery> query = parse_query(parameters, {});
  REQUIRE(query);
  const view::Options& options = query->options;
  CHECK(options.filters.focus == "main");
  CHECK(options.filters.ignore == "runtime");
  CHECK(options.filters.hide == "a");
  CHECK(options.filters.show == "b");
  CHECK(options.filters.show_from == "c");
  CHECK(options.filters.prune_from == "d");
  CHECK(options.filters.tag_focus == "pod=x");
  CHECK(options.filters.tag_ignore == "y");
  CHECK(options.filters.tag_show == "z");
  CHECK(options.filters.tag_hide == "w");
  CHECK(std::get<std::string>(options.sample_index) == "cpu");
  CHECK(options.granularity == pprof::Granularity::lines);
  CHECK(options.unit == "ms");
  CHECK(options.sort_by_cum);
  CHECK(options.node_count == 30);
  CHECK(options.node_fraction == 0.1);
  CHECK(options.edge_fraction == 0.2);
  CHECK_FALSE(options.trim);
  CHECK(options.relative_percentages);
  CHECK(options.call_tree);
  CHECK(options.noinlines);
  CHECK(query->normalize);
  CHECK(query->profile == "3");
  CHECK(query->base == "1");
  CHECK(query->regex == "main.work");
}

TEST_CASE("what an address does not say is as the command line has it") {
  view::Options defaults;
  defaults.filters.focus = "main";
  defaults.unit = "s";
  const std::vector<Parameter> parameters = {{"unit", "ms"}};
  const Result<ViewQuery> query = parse_query(parameters, defaults);
  REQUIRE(query);
  CHECK(query->options.filters.focus == "main");
  CHECK(query->options.unit == "ms");
}

TEST_CASE("an invalid value is refused with the name of its parameter") {
  const std::vector<Parameter> rows = {{"trim", "maybe"}, {"n", "x"},
                                       {"nf", ""},        {"g", "words"},
                                       {"sort", "up"},    {"norm", "2"}};
  for (const Parameter& row : rows) {
    CAPTURE(row.first);
    const Result<ViewQuery> query =
        parse_query(std::vector<Parameter>{row}, {});
    REQUIRE_FALSE(query);
    CHECK(query.error().kind == ErrorKind::usage);
    CHECK(query.error().message.starts_with("parameter " + row.first + ": "));
  }
}

}  // namespace
}  // namespace kprofefe::web
