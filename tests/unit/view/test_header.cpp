// SPDX-License-Identifier: MIT
#include "golden.hpp"

#include "view/text/header.hpp"

namespace kprofefe::view {
namespace {

TEST_SUITE_BEGIN("view");

using Lines = std::vector<std::string>;

TEST_CASE("local_time is in the zone of the process") {
  use_zone("UTC");
  CHECK(local_time(1'764'000'000'250'000'000) == "2025-11-24 16:00:00 UTC");
  CHECK(local_time_in_full(1'764'000'000'250'000'000) ==
        "2025-11-24 16:00:00.25 +0000 UTC");
  CHECK(local_time_in_full(1'764'000'000'000'000'000) ==
        "2025-11-24 16:00:00 +0000 UTC");
  CHECK(local_time(-1) == "1969-12-31 23:59:59 UTC");
}

TEST_CASE("profile_header names the program, comments, and where to read on") {
  use_zone("UTC");
  pprof::Profile profile = server_profile();
  profile.comments = {profile.strings.add("#for programs"),
                      profile.strings.add("for people")};
  profile.doc_url = profile.strings.add("https://example.org");
  const Prepared prepared =
      prepared_for(ReportKind::traces, {}, std::move(profile));

  CHECK(profile_header(prepared, prepared.format()) ==
        Lines{"File: server", "Build ID: abc123", "for people", "Type: cpu",
              "Doc: https://example.org", "Time: 2025-11-24 16:00:00 UTC",
              "Duration: 2.01s, Total samples = 991ms (49.25%)"});
}

TEST_CASE("the share of the duration is only of time") {
  const Prepared prepared =
      prepared_for(ReportKind::traces, {.sample_index = "samples"});

  CHECK(profile_header(prepared, prepared.format()).back() ==
        "Duration: 2.01s, Total samples = 100 ");
}

TEST_CASE("report_header cuts long filters, says what is missing") {
  const Prepared prepared = prepared_for(
      ReportKind::top,
      {.compact_labels = true, .filters = {.ignore = std::string(90, 'x')}});

  CHECK(report_header(prepared, prepared.format(),
                      {.shown = 100'000'000,
                       .nodes = 2,
                       .dropped_nodes = 3,
                       .original_nodes = 5}) ==
        Lines{"Active filters:", "   ignore=" + std::string(73, 'x') + "…",
              "Showing nodes accounting for 100ms, 10.09% of 991ms total",
              "Dropped 3 nodes (cum <= 4.96ms)",
              "Showing top 2 nodes out of 5"});
}

TEST_CASE("report_header has less to say when there is nothing") {
  const Prepared prepared =
      prepared_for(ReportKind::top, {.compact_labels = true},
                   ProfileMaker("samples/count").profile());

  CHECK(report_header(prepared, prepared.format(), {}) ==
        Lines{"Showing nodes accounting for 0, 0% of 0 total"});
}

}  // namespace
}  // namespace kprofefe::view
