// SPDX-License-Identifier: MIT
#include "support/stacks.hpp"
#include "web/reports.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <memory>
#include <string>
#include <utility>

namespace kprofefe::web {
namespace {

using nlohmann::json;

constexpr std::int64_t k_ms = 1'000'000;

std::shared_ptr<const pprof::Profile> profile_of(std::int64_t work) {
  test::Stacks stacks({{"samples", "count"}, {"cpu", "nanoseconds"}});
  stacks.add("main.main;main.work", {work / 10, work * k_ms});
  stacks.add("main.main;main.idle", {1, 10 * k_ms});
  return std::make_shared<const pprof::Profile>(std::move(stacks.profile));
}

ReportInput input_of(std::int64_t work) {
  return {
      .profile = profile_of(work), .base = nullptr, .query = {}, .title = "x"};
}

json report(std::string_view name, const ReportInput& input) {
  const Result<Document> document = make_report(name, input);
  REQUIRE_MESSAGE(document, document.error().message);
  CHECK(document->type == "application/json");
  return json::parse(document->body);
}

TEST_SUITE_BEGIN("web::make_report");

TEST_CASE("top has rows with values for people and for sorting") {
  const json top = report("top", input_of(90));
  CHECK(top.at("total_text") == "100ms");
  REQUIRE(top.at("rows").size() == 3);
  const json& first = top.at("rows").at(0);
  CHECK(first.at("name") == "main.work");
  CHECK(first.at("flat_text") == "90ms");
  CHECK(first.at("flat") == 90 * k_ms);
  CHECK(first.at("flat_percent") == 90);
}

TEST_CASE("a base is subtracted, and percentages are of it") {
  ReportInput input = input_of(150);
  input.base = profile_of(90);
  const json top = report("top", input);
  CHECK(top.at("rows").at(0).at("flat_text") == "60ms");
  CHECK(top.at("total_text") == "100ms");
}

TEST_CASE("graph has nodes with ids that its edges name") {
  const json graph = report("graph", input_of(90));
  REQUIRE(graph.at("nodes").size() == 3);
  REQUIRE(graph.at("edges").size() == 2);
  const json& edge = graph.at("edges").at(0);
  const json& callee =
      graph.at("nodes").at(edge.at("to").get<std::size_t>() - 1);
  CHECK(callee.at("id") == edge.at("to"));
  CHECK(callee.at("name") == "main.work");
  CHECK(callee.at("fill").get<std::string>().starts_with("#"));
  CHECK(edge.at("label") == "90ms");
}

TEST_CASE("text reports are those of the commands") {
  ReportInput input = input_of(90);
  input.query.regex = "work";
  const Document peek = make_report("peek", input).value();
  CHECK(peek.type == "text/plain; charset=utf-8");
  CHECK(peek.body.find("main.work") != std::string::npos);
  const Document traces = make_report("traces", input).value();
  CHECK(traces.body.find("main.idle") != std::string::npos);
}

TEST_CASE("of a text that is too long for a page there is the beginning") {
  test::Stacks stacks({{"samples", "count"}});
  stacks.add("main.main;" + std::string(std::size_t{5} << 20, 'x'), {1});
  ReportInput input{.profile = std::make_shared<const pprof::Profile>(
                        std::move(stacks.profile)),
                    .base = nullptr,
                    .query = {},
                    .title = "x"};
  input.query.regex = "x";
  for (const std::string name : {"peek", "traces"}) {
    CAPTURE(name);
    const Document text = make_report(name, input).value();
    CHECK(text.body.size() < std::size_t{9} << 19);
    CHECK(text.body.ends_with("`kubectl profefe " + name +
                              "` prints all of it\n"));
  }
}

TEST_CASE("a large flame graph begins with a part, its data has all") {
  test::Stacks stacks({{"samples", "count"}});
  std::string deep = "main.main";
  for (int i = 0; i < 1000; ++i) {
    deep += ";f";
  }
  for (int i = 0; i < 201; ++i) {
    stacks.add(deep + ";g" + std::to_string(i), {i == 0 ? 100'000 : 1});
  }
  ReportInput input{.profile = std::make_shared<const pprof::Profile>(
                        std::move(stacks.profile)),
                    .base = nullptr,
                    .query = {},
                    .title = "x",
                    .flame_data_url = "flame.data?profile=1"};
  const std::string page = make_report("flame.html", input).value().body;
  CHECK(page.contains("data-whole=\"flame.data?profile=1\""));
  const std::string data = make_report("flame.data", input).value().body;
  CHECK(data.contains("g200"));
  CHECK(make_download("html", input).value().body.contains("data-whole=\"\""));
}

TEST_CASE("source says why there are no lines") {
  ReportInput input = input_of(90);
  input.query.regex = "main.work";
  const json source = report("source", input);
  REQUIRE(source.at("routines").size() == 1);
  CHECK(source.at("routines").at(0).at("name") == "main.work");
  CHECK_FALSE(
      source.at("routines").at(0).at("error").get<std::string>().empty());
}

TEST_CASE("a flame graph has a policy of its own") {
  const Document page = make_report("flame.html", input_of(90)).value();
  CHECK(page.policy == "frame-ancestors 'self'");
  CHECK(page.body.find("script-src 'sha256-") != std::string::npos);
}

TEST_CASE("of one function a still picture has its stacks, the page all") {
  ReportInput input = input_of(90);
  const std::string all = make_report("flame.html", input).value().body;
  const std::string stacks = make_download("folded", input).value().body;
  input.query.regex = "main.idle";
  CHECK(make_report("flame.html", input).value().body == all);
  const std::string idle = make_download("folded", input).value().body;
  CHECK(idle.find("main.idle") != std::string::npos);
  CHECK(idle.size() < stacks.size());
}

TEST_CASE("what is wrong is said") {
  ReportInput input = input_of(90);
  CHECK(make_report("../top", input).error().kind == ErrorKind::not_found);
  input.query.options.filters.focus = "(";
  CHECK(make_report("top", input).error().kind == ErrorKind::usage);
  input = input_of(90);
  input.query.regex = "nobody";
  CHECK(make_report("peek", input).error().kind == ErrorKind::not_found);
}

TEST_CASE("downloads have names by their format") {
  for (const auto& [format, type] :
       {std::pair("pb.gz", "application/vnd.google.protobuf+gzip"),
        std::pair("svg", "image/svg+xml"),
        std::pair("html", "text/html; charset=utf-8"),
        std::pair("folded", "text/plain; charset=utf-8"),
        std::pair("dot", "text/plain; charset=utf-8")}) {
    CAPTURE(format);
    const Document file = make_download(format, input_of(90)).value();
    CHECK(file.type == type);
    CHECK(file.file_name == std::string("profile.") + format);
    CHECK_FALSE(file.body.empty());
  }
  CHECK(make_download("text", input_of(90)).value().file_name == "profile.txt");
  CHECK(make_download("exe", input_of(90)).error().kind == ErrorKind::usage);
}

}  // namespace
}  // namespace kprofefe::web
