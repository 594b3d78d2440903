// SPDX-License-Identifier: MIT
#include "report/targets.hpp"

#include <doctest/doctest.h>

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

TEST_SUITE_END();

}  // namespace
}  // namespace kprofefe::report
