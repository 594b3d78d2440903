// SPDX-License-Identifier: MIT
#include "view/options.hpp"

#include <doctest/doctest.h>

namespace kprofefe::view {
namespace {

TEST_SUITE_BEGIN("view");

TEST_CASE("options_for shows every row of top and 80 nodes of a tree") {
  CHECK(options_for(ReportKind::top, {}).node_count == 0);
  CHECK(options_for(ReportKind::top_proto, {}).node_count == 0);
  CHECK(options_for(ReportKind::tree, {}).node_count == 80);
  CHECK(options_for(ReportKind::dot, {}).node_count == 80);
  CHECK(options_for(ReportKind::tree, {.node_count = 5}).node_count == 5);
}

TEST_CASE("options_for does not trim where something is asked for by name") {
  for (const ReportKind kind : {ReportKind::peek, ReportKind::list,
                                ReportKind::raw, ReportKind::callgrind}) {
    const Options options = options_for(kind, {.node_count = 5});

    CHECK(options.node_count == 0);
    CHECK(options.node_fraction == 0);
    CHECK(options.edge_fraction == 0);
  }
}

TEST_CASE("options_for obeys trim = false") {
  const Options options =
      options_for(ReportKind::top, {.node_count = 5, .trim = false});

  CHECK(options.node_count == 0);
  CHECK(options.node_fraction == 0);
}

TEST_CASE("options_for has the granularity that list and raw live on") {
  CHECK(options_for(ReportKind::list, {}).granularity ==
        pprof::Granularity::lines);
  CHECK(options_for(ReportKind::raw, {}).granularity ==
        pprof::Granularity::addresses);
}

}  // namespace
}  // namespace kprofefe::view
