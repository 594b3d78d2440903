// SPDX-License-Identifier: MIT
#include "report/targets.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace kprofefe::report {
namespace {

TEST_SUITE_BEGIN("report::targets");

TEST_CASE("wide also says how a pod was chosen, and its other addresses") {
  collect::Selected selected;
  selected.targets = {
      {.ns = "shop", .pod = "api", .service = "api", .ip = "10.0.0.1"},
      {.ns = "shop",
       .pod = "plain",
       .enabled = false,
       .service = "plain",
       .ip = "10.0.0.2",
       .other_ips = {"fd00::2"}}};
  selected.not_targets = {
      {.ns = "shop", .pod = "off", .reason = "not annotated"}};

  const std::string text = render_targets(selected, TargetsFormat::wide);

  CHECK(text.starts_with("NAMESPACE  POD    TARGET "));
  CHECK(text.contains("SERVICE  ANNOTATED  OTHER IPS  REASON\n"));
  CHECK(text.contains("api      yes        -          -\n"));
  CHECK(text.contains("plain    no         fd00::2    -\n"));
  CHECK(text.contains("no         -          not annotated\n"));
}

TEST_CASE("a probe is a column, and in JSON what was counted") {
  collect::Selected selected;
  selected.targets = {{.ns = "shop", .pod = "api", .ip = "10.0.0.1"},
                      {.ns = "shop", .pod = "silent", .ip = "10.0.0.2"}};
  selected.not_targets = {
      {.ns = "shop", .pod = "off", .reason = "not annotated"}};
  std::vector<collect::Probe> probes(2);
  probes[0] = {.profiles = {{"cpu", 0}, {"goroutine", 152}}, .via = "pod-ip"};
  probes[1] = {.failure = Error{ErrorKind::timeout, "no response"},
               .via = "pod-ip"};

  const std::string table =
      render_targets(selected, TargetsFormat::table, &probes);
  CHECK(table.contains("PROFILES"));
  CHECK(table.contains("cpu, goroutine 152  -\n"));
  CHECK(table.contains("-                   no response\n"));
  CHECK(table.contains("-                   not annotated\n"));
  CHECK(render_targets(selected, TargetsFormat::wide, &probes)
            .contains("VIA     PROFILES"));
  CHECK(render_targets(selected, TargetsFormat::name, &probes) == "pod/api\n");
  const auto json = nlohmann::json::parse(
      render_targets(selected, TargetsFormat::json, &probes));
  CHECK(json["targets"][0]["profiles"][1] ==
        nlohmann::json{{"name", "goroutine"}, {"count", 152}});
  CHECK(json["targets"][0]["via"] == "pod-ip");
  CHECK(json["targets"][1]["error"] == "no response");
  CHECK_FALSE(json["targets"][1].contains("profiles"));
}

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::report
