// SPDX-License-Identifier: MIT
#include "golden.hpp"

#include "view/traces.hpp"

namespace kprofefe::view {
namespace {

TEST_SUITE_BEGIN("view");

const std::string k_line =
    "-----------+-------------------------------------------------------\n";

TEST_CASE("traces are what go tool pprof -traces prints") {
  use_zone("UTC");
  CHECK(render_traces(prepared_for(ReportKind::traces)) ==
        k_server_header + k_line +
            "  endpoint:  /users\n"
            "     bytes:  2kB\n"
            "     500ms   json.scan (inline)\n"
            "             json.parse\n"
            "             main.handle\n"
            "             main.main\n" +
            k_line +
            "  endpoint:  /orders\n"
            "     250ms   json.parse\n"
            "             json.parse\n"
            "             main.handle\n"
            "             main.main\n" +
            k_line +
            "  endpoint:  /orders\n"
            "     140ms   main.handle\n"
            "             main.main\n" +
            k_line + "     100ms   runtime.gc\n" + k_line +
            "       1ms   runtime.noise\n"
            "             runtime.gc\n" +
            k_line);
}

TEST_CASE("a sample without a stack is no trace; labels have all values") {
  ProfileMaker maker("samples/count");
  maker.profile().mappings.clear();
  maker.sample({}, {1});
  maker.sample({maker.at("f")}, {2}).label("ключ", "").label("ключ", "b");
  maker.profile().locations[0].mapping = pprof::k_none;

  CHECK(render_traces(prepared_for(ReportKind::traces, {}, maker.profile())) ==
        "Type: samples\n" + k_line +
            "      ключ:   b\n"
            "         2   f\n" +
            k_line);
}

}  // namespace
}  // namespace kprofefe::view
