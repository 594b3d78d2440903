// SPDX-License-Identifier: MIT
#include "golden.hpp"

#include "view/top.hpp"

#include <nlohmann/json.hpp>

namespace kprofefe::view {
namespace {

TEST_SUITE_BEGIN("view");

std::string top_of(const Options& options) {
  return render_text(top(prepared_for(ReportKind::top, options)));
}

TEST_CASE("top is what go tool pprof -top prints") {
  use_zone("UTC");
  CHECK(top_of({}) ==
        k_server_header +
            "Showing nodes accounting for 990ms, 99.90% of 991ms total\n"
            "Dropped 1 node (cum <= 4.96ms)\n"
            "      flat  flat%   sum%        cum   cum%\n"
            "     500ms 50.45% 50.45%      500ms 50.45%  json.scan (inline)\n"
            "     250ms 25.23% 75.68%      750ms 75.68%  json.parse\n"
            "     140ms 14.13% 89.81%      890ms 89.81%  main.handle\n"
            "     100ms 10.09% 99.90%      101ms 10.19%  runtime.gc\n"
            "         0     0% 99.90%      890ms 89.81%  main.main\n");
}

TEST_CASE("top shows filters and shares of all samples") {
  CHECK(top_of({.compact_labels = true, .filters = {.focus = "scan"}}) ==
        "Active filters:\n"
        "   focus=scan\n"
        "Showing nodes accounting for 500ms, 50.45% of 991ms total\n"
        "      flat  flat%   sum%        cum   cum%\n"
        "     500ms 50.45% 50.45%      500ms 50.45%  json.scan (inline)\n"
        "         0     0% 50.45%      500ms 50.45%  json.parse\n"
        "         0     0% 50.45%      500ms 50.45%  main.handle\n"
        "         0     0% 50.45%      500ms 50.45%  main.main\n");
}

TEST_CASE("top shows as many rows as asked for") {
  CHECK(top_of({.node_count = 2, .compact_labels = true}) ==
        "Showing nodes accounting for 750ms, 75.68% of 991ms total\n"
        "Dropped 1 node (cum <= 4.96ms)\n"
        "Showing top 2 nodes out of 5\n"
        "      flat  flat%   sum%        cum   cum%\n"
        "     500ms 50.45% 50.45%      500ms 50.45%  json.scan (inline)\n"
        "     250ms 25.23% 75.68%      750ms 75.68%  json.parse\n");
}

TEST_CASE("top by line tells where") {
  const TopReport report = top(prepared_for(
      ReportKind::top, {.granularity = pprof::Granularity::lines}));

  REQUIRE(report.rows.size() == 6);
  CHECK(report.rows[0].name == "json.scan /src/json/scan.go:40");
  CHECK(report.rows[0].inlined == "(inline)");
  CHECK(report.rows[1].name == "json.parse /src/json.parse.go:7");
  CHECK(report.rows[4].name == "json.parse /src/json/parse.go:12");
  CHECK(report.rows[4].cum == 500'000'000);
}

TEST_CASE("top without inlined functions gives their time to the caller") {
  const TopReport report =
      top(prepared_for(ReportKind::top, {.noinlines = true}));

  CHECK(report.rows[0].name == "json.parse");
  CHECK(report.rows[0].flat == 750'000'000);
}

TEST_CASE("a function that is inlined in some places only is so in part") {
  ProfileMaker maker("samples/count");
  const auto inlined = maker.location(1, {{"f", "", 1}, {"g", "", 2}});
  const auto called = maker.location(2, {{"f", "", 1}});
  maker.sample({inlined}, {1}).sample({called, maker.at("h")}, {1});
  const TopReport report =
      top(prepared_for(ReportKind::top, {}, maker.profile()));

  CHECK(report.rows.front().name == "f");
  CHECK(report.rows.front().inlined == "(partial-inline)");
}

TEST_CASE("top as JSON has the profile's own numbers") {
  const auto document = nlohmann::json::parse(
      render_json(top(prepared_for(ReportKind::top, {.node_count = 2}))));

  CHECK(document["sample_type"] == "cpu");
  CHECK(document["time"] == "2025-11-24T16:00:00Z");
  CHECK(document["duration_nanos"] == 2'012'000'000);
  CHECK(document["comments"] == nlohmann::json::array());
  CHECK(document["pods"] == nlohmann::json::array());
  CHECK(document["filters"] == nlohmann::json::array());
  CHECK(document["unit"] == "nanoseconds");
  CHECK(document["total"] == 991'000'000);
  CHECK(document["shown"] == 750'000'000);
  CHECK(document["dropped_rows"] == 1);
  CHECK(document["more_rows"] == 3);
  CHECK(document["rows"] == nlohmann::json::parse(R"([
          {"name": "json.scan", "inlined": "inline",
           "flat": 500000000, "flat_percent": 50.45, "sum_percent": 50.45,
           "cum": 500000000, "cum_percent": 50.45},
          {"name": "json.parse",
           "flat": 250000000, "flat_percent": 25.23, "sum_percent": 75.68,
           "cum": 750000000, "cum_percent": 75.68}])"));
}

TEST_CASE("top as JSON survives names that are no UTF-8") {
  ProfileMaker maker("samples/count");
  maker.sample({maker.at("bad\xff")}, {1});
  const auto document = nlohmann::json::parse(
      render_json(top(prepared_for(ReportKind::top, {}, maker.profile()))));

  CHECK(document["rows"][0]["name"] == "bad\xEF\xBF\xBD");
}

TEST_CASE("top as CSV quotes what must be quoted") {
  ProfileMaker maker("samples/count");
  maker.sample({maker.at("map[string,int].get(\"x\")")}, {3});
  maker.sample({maker.at("plain")}, {-1});

  CHECK(render_csv(top(prepared_for(ReportKind::top, {}, maker.profile()))) ==
        "flat,flat_percent,sum_percent,cum,cum_percent,unit,function\r\n"
        "3,75.00,75.00,3,75.00,count,\"map[string,int].get(\"\"x\"\")\"\r\n"
        "-1,-25.00,50.00,-1,-25.00,count,plain\r\n");
}

TEST_CASE("top of nothing is a header") {
  ProfileMaker maker("samples/count");

  CHECK(render_text(top(prepared_for(ReportKind::top, {.compact_labels = true},
                                     maker.profile()))) ==
        "Showing nodes accounting for 0, 0% of 0 total\n"
        "      flat  flat%   sum%        cum   cum%\n");
}

}  // namespace
}  // namespace kprofefe::view
