// SPDX-License-Identifier: MIT
#include "golden.hpp"

#include "pprof/merge.hpp"
#include "pprof/sample_labels.hpp"
#include "view/by_label.hpp"
#include "view/top.hpp"

#include <nlohmann/json.hpp>

#include <array>

namespace kprofefe::view {
namespace {

pprof::Profile of_pod(std::int64_t cost, std::string_view pod) {
  ProfileMaker maker("cpu/milliseconds");
  maker.sample({maker.at("work"), maker.at("main")}, {cost});
  pprof::Profile profile = maker.profile();
  pprof::add_label(profile, "pod", pod);
  return profile;
}

TEST_SUITE_BEGIN("view::by_label");

TEST_CASE("a row for each pod, the hottest first, with its share") {
  const std::array profiles = {of_pod(100, "a"), of_pod(300, "b"),
                               of_pod(100, "")};
  auto merged = pprof::merge(profiles);
  REQUIRE(merged);
  const Prepared prepared =
      prepared_for(ReportKind::top, {}, *std::move(merged));

  const auto report = by_label(prepared, "pod");

  REQUIRE(report);
  CHECK(render_text(*report) ==
        "     total  share  pod\n"
        "     300ms 60.00%  b\n"
        "     100ms 20.00%  (none)\n"
        "     100ms 20.00%  a\n");
  TopReport rows = top(prepared);
  rows.by = *report;
  const auto document = nlohmann::json::parse(render_json(rows));
  CHECK(document["by"]["label"] == "pod");
  CHECK(document["by"]["values"][0]["total"] == 300);
  CHECK(render_text(rows).find("60.00%  b\n") != std::string::npos);
}

TEST_CASE("a label that is not there is named with those that are") {
  const Prepared prepared = prepared_for(ReportKind::top, {}, of_pod(1, "a"));
  const auto wrong = by_label(prepared, "team");
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().message ==
        "--by \"team\": no sample has that label: use one of pod");
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::view
