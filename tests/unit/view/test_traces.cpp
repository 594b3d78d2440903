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
  CHECK(text_of(write_traces, prepared_for(ReportKind::traces)) ==
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

  CHECK(text_of(write_traces,
                prepared_for(ReportKind::traces, {}, maker.profile())) ==
        "Type: samples\n" + k_line +
            "      ключ:   b\n"
            "         2   f\n" +
            k_line);
}

TEST_CASE("no more than a piece of the text is kept, nor made for nobody") {
  ProfileMaker maker("cpu/milliseconds");
  const auto leaf = maker.at("leaf");
  for (int i = 0; i < 5000; ++i) {
    maker.sample({leaf, maker.at("caller" + std::to_string(i))}, {1});
  }
  const Prepared prepared =
      prepared_for(ReportKind::traces, {}, maker.profile());
  std::size_t pieces = 0;
  std::size_t largest = 0;
  CHECK(write_traces(prepared, [&](std::string_view piece) {
    ++pieces;
    largest = std::max(largest, piece.size());
    return true;
  }));
  CHECK(pieces > 5);
  CHECK(largest < 80'000);

  pieces = 0;
  CHECK_FALSE(write_traces(prepared, [&](std::string_view) {
    ++pieces;
    return false;
  }));
  CHECK(pieces == 1);
}

}  // namespace
}  // namespace kprofefe::view
