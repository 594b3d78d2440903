// SPDX-License-Identifier: MIT
#include "report/format.hpp"
#include "report/notes.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace kprofefe::report {
namespace {

using collect::Outcome;
using collect::Report;
using pprof::ProfileKind;

Report some_report() {
  Report report;
  report.started = SystemTime(std::chrono::seconds(1700000000));
  report.targets.push_back(
      {.target = {.ns = "shop",
                  .pod = "api",
                  .service = "api-service",
                  .ip = "10.0.0.7"},
       .via = "pod-ip",
       .rows = {{.kind = ProfileKind::cpu,
                 .outcome = Outcome::stored,
                 .bytes = 20480,
                 .duration = std::chrono::milliseconds(1500),
                 .locations = {"/tmp/a.pb.gz"}},
                {.kind = ProfileKind::mutex,
                 .outcome = Outcome::skipped,
                 .reason = "no samples"}}});
  report.targets.push_back({.target = {.ns = "shop", .pod = "gone"},
                            .via = "pod-ip",
                            .rows = {{.kind = ProfileKind::cpu,
                                      .outcome = Outcome::failed,
                                      .reason = "connection refused"},
                                     {.kind = ProfileKind::mutex,
                                      .outcome = Outcome::failed,
                                      .reason = "connection refused"}}});
  report.not_targets = {{.ns = "shop",
                         .pod = "odd",
                         .why = collect::WhyNot::misconfigured,
                         .reason = "bad port"}};
  return report;
}

/// What is written of a report, and in how many pieces.
struct Written {
  std::string text;
  std::size_t pieces = 0;
};

Written write_report(const Report& report, Format format, bool colour = false) {
  Written written;
  const auto writer = make_writer(format,
                                  {.started = report.started,
                                   .targets = report.targets.size(),
                                   .colour = colour},
                                  [&](std::string_view piece) {
                                    written.text += piece;
                                    ++written.pieces;
                                  });
  for (const collect::TargetReport& target : report.targets) {
    writer->add(target);
  }
  writer->finish(report.not_targets, summarize(report));
  return written;
}

std::string render_report(const Report& report, Format format,
                          bool colour = false) {
  return write_report(report, format, colour).text;
}

std::vector<std::string> notes_of(const Report& report) {
  Notes notes;
  for (const collect::TargetReport& target : report.targets) {
    notes.add(target);
  }
  return notes.lines();
}

TEST_SUITE_BEGIN("report::render_report");

TEST_CASE("a table has a row per profile, the same failure once per pod") {
  CHECK(render_report(some_report(), Format::table) ==
        "NAMESPACE  POD   PROFILE     SIZE  RESULT\n"
        "shop       api   cpu        20 KB  /tmp/a.pb.gz\n"
        "shop       api   mutex          -  skipped: no samples\n"
        "shop       gone  cpu,mutex      -  failed: connection refused\n"
        "shop       odd   -              -  failed: bad port\n");
}

TEST_CASE("the size of a row for several profiles is that of all of them") {
  Report report = some_report();
  // As when a sink takes neither: they were fetched all the same.
  report.targets[1].rows[0].bytes = 20480;
  report.targets[1].rows[1].bytes = 10240;
  CHECK(render_report(report, Format::table)
            .contains("shop       gone  cpu,mutex  30 KB  failed: "));
}

TEST_CASE("wide has service, route and time") {
  const std::string text = render_report(some_report(), Format::wide);
  CHECK(text.find("api-service  10.0.0.7:6060  pod-ip  cpu      20 KB  1.5s") !=
        std::string::npos);
}

TEST_CASE("names and lines are what was stored, and problems the rest") {
  CHECK(render_report(some_report(), Format::name) == "/tmp/a.pb.gz\n");
  CHECK(render_report(some_report(), Format::lines) ==
        "/tmp/a.pb.gz type=cpu namespace=shop pod=api\n");
  CHECK(render_problems(some_report()) ==
        "skipped type=mutex namespace=shop pod=api: no samples\n"
        "failed type=cpu,mutex namespace=shop pod=gone: connection refused\n"
        "failed namespace=shop pod=odd: bad port\n");
}

TEST_CASE("a missing pod that may be in any namespace has a dash for it") {
  Report report;
  report.not_targets = {{.pod = "nobody",
                         .why = collect::WhyNot::missing,
                         .named = true,
                         .reason = "not there"}};
  CHECK(render_report(report, Format::table)
            .contains("-          nobody  -           -  failed: not there\n"));
  CHECK(render_report(report, Format::wide).contains("\n-  "));
  CHECK(render_problems(report) ==
        "failed namespace=- pod=nobody: not there\n");
}

TEST_CASE("json has everything, also what is no UTF-8") {
  Report report = some_report();
  report.targets[0].rows[1].reason = "bad \xff byte";

  const auto document =
      nlohmann::json::parse(render_report(report, Format::json));

  CHECK(document["started"] == "2023-11-14T22:13:20Z");
  CHECK(document["targets"] == 2);
  CHECK(document["profiles"].size() == 4);
  CHECK(document["profiles"][0]["outcome"] == "stored");
  CHECK(document["profiles"][0]["bytes"] == 20480);
  CHECK(document["profiles"][0]["locations"][0] == "/tmp/a.pb.gz");
  CHECK(document["profiles"][2]["reason"] == "connection refused");
  CHECK(document["not_targets"][0]["reason"] == "bad port");
  CHECK(document["summary"]["failed"] == 3);
}

TEST_CASE("of several addresses the one that was used is named") {
  Report report = some_report();
  report.targets[0].target.other_ips = {"fd00::7"};
  report.targets[0].address = "fd00::7";

  const std::string wide = render_report(report, Format::wide, {});
  const auto json =
      nlohmann::json::parse(render_report(report, Format::json, {}));

  CHECK(wide.contains("[fd00::7]:6060"));
  CHECK_FALSE(wide.contains("10.0.0.7"));
  CHECK(json["profiles"][0]["ip"] == "fd00::7");
  CHECK_FALSE(json["profiles"][2].contains("ip"));
}

TEST_CASE(
    "a fallback_reason is in the json, and counted once for each reason") {
  Report report = some_report();
  CHECK(notes_of(report).empty());
  for (auto& target : report.targets) {
    target.via = "proxy";
    target.fallback_reason = "port-forward: forbidden";
  }
  CHECK(notes_of(report) ==
        std::vector<std::string>{
            "2 pods reached via proxy because port-forward: forbidden"});
  report.targets[1].fallback_reason = "port-forward: no such sandbox";
  CHECK(notes_of(report).size() == 2);
  CHECK(notes_of(report)[0].starts_with("1 pod reached via proxy"));

  const auto json = nlohmann::json::parse(render_report(report, Format::json));
  CHECK(json["profiles"][0]["via"] == "proxy");
  CHECK(json["profiles"][0]["fallback_reason"] == "port-forward: forbidden");
}

TEST_CASE("a row that one of two sinks has says both, and stands alone") {
  Report report = some_report();
  for (collect::Row& row : report.targets[1].rows) {
    row.locations = {std::string("/tmp/") +
                     std::string(pprof::kind_name(row.kind))};
  }
  const std::string text = render_report(report, Format::table);
  CHECK(text.find("failed: connection refused; stored: /tmp/cpu\n") !=
        std::string::npos);
  CHECK(text.find("failed: connection refused; stored: /tmp/mutex\n") !=
        std::string::npos);
  CHECK(render_report(report, Format::name) ==
        "/tmp/a.pb.gz\n/tmp/cpu\n/tmp/mutex\n");
}

TEST_CASE("a stranger's words in a problem cannot command the terminal") {
  Report report = some_report();
  report.targets[0].rows[1].reason = "\x1b[2Jgone";
  CHECK(render_problems(report).find('\x1b') == std::string::npos);
}

TEST_CASE("hints are counted, and a pod without any profile is one") {
  Report report = some_report();
  CHECK(notes_of(report).empty());
  report.targets[0].target.hints = {"odd"};
  report.targets[1].target.hints = {"odd"};
  for (collect::Row& row : report.targets[1].rows) {
    row.outcome = Outcome::skipped;
    row.absence = collect::Absence::not_offered;
    row.reason = "not offered (404)";
  }
  CHECK(notes_of(report) ==
        std::vector<std::string>{
            "2 pods: odd",
            "1 pod returned 404 for all requested profiles: check --path, or "
            "the annotation profefe.com/path"});
}

TEST_CASE("what has ended is written before the rest has") {
  const Report report = some_report();
  for (const Format format : {Format::json, Format::lines}) {
    std::string text;
    const auto writer = make_writer(
        format, {.targets = 2}, [&](std::string_view piece) { text += piece; });
    writer->add(report.targets[0]);
    CHECK(text.contains("/tmp/a.pb.gz"));
  }
}

TEST_CASE("an empty report is whole json, too") {
  const auto document = nlohmann::json::parse(render_report({}, Format::json));
  CHECK(document["profiles"].empty());
  CHECK(document["not_targets"].empty());
}

TEST_CASE("json is laid out like any other") {
  const std::string text = render_report(some_report(), Format::json);
  CHECK(text == nlohmann::ordered_json::parse(text).dump(2) + "\n");
}

TEST_CASE("reasons that differ for every pod do not fill the screen") {
  Report report;
  for (int i = 0; i < 100; ++i) {
    report.targets.push_back(
        {.via = "proxy", .fallback_reason = "because of " + std::to_string(i)});
  }
  const std::vector<std::string> lines = notes_of(report);
  REQUIRE(lines.size() == 21);
  CHECK(lines.back() == "80 more pods reached via a fallback route");
}

TEST_CASE("the summary counts") {
  CHECK(render_summary(summarize(some_report()), 2) ==
        "stored 1, skipped 1, failed 3; 2 pods");
}

TEST_CASE("colour only when asked") {
  const Report report = some_report();
  CHECK(render_report(report, Format::table).find('\x1b') == std::string::npos);
  CHECK(render_report(report, Format::table, true).find("\x1b[31m") !=
        std::string::npos);
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::report
