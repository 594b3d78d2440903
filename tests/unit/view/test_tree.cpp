// SPDX-License-Identifier: MIT
#include "golden.hpp"

#include "view/tree.hpp"

namespace kprofefe::view {
namespace {

TEST_SUITE_BEGIN("view");

const std::string k_line =
    "----------------------------------------------------------+-------------"
    "\n";
const std::string k_legend =
    k_line +
    "      flat  flat%   sum%        cum   cum%   calls calls% + context \t \t "
    "\n";

pprof::Regex regex(std::string_view expression) {
  return *pprof::Regex::compile(expression);
}

TEST_CASE("tree is what go tool pprof -tree prints") {
  use_zone("UTC");
  // clang-format off
  CHECK(render_text(tree(prepared_for(ReportKind::tree))) ==
        k_server_header +
        "Showing nodes accounting for 990ms, 99.90% of 991ms total\n"
        "Dropped 1 node (cum <= 4.96ms)\n" +
        k_legend + k_line +
        "                                             500ms   100% |   json.parse (inline)\n"
        "     500ms 50.45% 50.45%      500ms 50.45%                | json.scan\n" +
        k_line +
        "                                             750ms   100% |   main.handle\n"
        "     250ms 25.23% 75.68%      750ms 75.68%                | json.parse\n"
        "                                             500ms 66.67% |   json.scan (inline)\n" +
        k_line +
        "                                             890ms   100% |   main.main\n"
        "     140ms 14.13% 89.81%      890ms 89.81%                | main.handle\n"
        "                                             750ms 84.27% |   json.parse\n" +
        k_line +
        "     100ms 10.09% 99.90%      101ms 10.19%                | runtime.gc\n" +
        k_line +
        "         0     0% 99.90%      890ms 89.81%                | main.main\n"
        "                                             890ms   100% |   main.handle\n" +
        k_line);
  // clang-format on
}

TEST_CASE("peek shows the nodes that match, of all that there are") {
  use_zone("UTC");
  const auto report = peek(prepared_for(ReportKind::peek), regex("parse$"));
  REQUIRE(report);
  // clang-format off
  CHECK(render_text(*report) ==
        k_server_header +
        "Showing nodes accounting for 991ms, 100% of 991ms total\n" +
        k_legend + k_line +
        "                                             750ms   100% |   main.handle\n"
        "     250ms 25.23% 25.23%      750ms 75.68%                | json.parse\n"
        "                                             500ms 66.67% |   json.scan (inline)\n" +
        k_line);
  // clang-format on
}

TEST_CASE("peek at nothing is an error") {
  const auto report = peek(prepared_for(ReportKind::peek), regex("nowhere"));

  REQUIRE(!report);
  CHECK(report.error().kind == ErrorKind::not_found);
  CHECK(report.error().message == "no matches found for regexp: nowhere");
}

TEST_CASE("tree of nothing ends with its legend") {
  const std::string text =
      render_text(tree(prepared_for(ReportKind::tree, {.compact_labels = true},
                                    ProfileMaker("samples/count").profile())));

  CHECK(text == "Showing nodes accounting for 0, 0% of 0 total\n" + k_legend);
}

}  // namespace
}  // namespace kprofefe::view
